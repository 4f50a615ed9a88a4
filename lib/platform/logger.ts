import { pino, stdSerializers, type Logger } from "pino";
import { processWide } from "./process-wide.ts";
import { redact } from "./telemetry/redact.ts";
import { currentScope } from "./telemetry/scope.ts";
import { currentTrace } from "./telemetry/tracing.ts";

export type { Logger } from "pino";

/** Fields whose values never reach a log line, whatever they hold; `redact` takes secrets out of all others. */
const REDACTED = ["*.password", "*.token", "*.secret", "*.cookie", "*.authorization", "headers.authorization", "headers.cookie", "*.privateKey"];

/**
 * The process's logger: JSON lines on standard error, level from `LOG_LEVEL`, each with the request or job that it
 * belongs to. A line is one write and is out when the call returns: a killed process has said all that it said.
 */
export function logger(): Logger {
  return processWide("logger", () => {
    const out = pino.destination({ dest: 2, sync: true });
    const base = { process: process.env["KOS_PROCESS"] ?? "main" };
    return pino({ level: process.env["LOG_LEVEL"] ?? "info", redact: REDACTED, base, mixin: belongsTo, serializers: { err: describeError } }, { write: (line: string) => void out.write(redact(line)) });
  });
}

/** Type, message, stack and code: a driver hangs whole connections on its errors, which nobody reads. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { type, message, stack } = stdSerializers.err(error);
  const { code, meta } = error as { code?: unknown; meta?: unknown };
  return { type, message, stack, ...(code === undefined ? {} : { code }), ...(meta === undefined ? {} : { meta }) };
}

function belongsTo(): object {
  const trace = currentTrace();
  return trace === null ? { ...currentScope() } : { ...currentScope(), traceId: trace.traceId };
}
