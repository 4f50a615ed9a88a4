import { pino, type Logger } from "pino";
import { processWide } from "./process-wide.ts";

export type { Logger } from "pino";

/** Fields whose values never reach a log line. */
const REDACTED = ["*.password", "*.token", "*.secret", "headers.authorization", "headers.cookie", "*.privateKey"];

/** The process's logger: JSON lines on standard error, level from `LOG_LEVEL`. */
export function logger(): Logger {
  return processWide("logger", () =>
    pino({ level: process.env["LOG_LEVEL"] ?? "info", redact: REDACTED, base: { process: process.env["KOS_PROCESS"] ?? "main" } }, pino.destination({ dest: 2, sync: true })),
  );
}
