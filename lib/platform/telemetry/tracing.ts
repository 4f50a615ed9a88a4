import { processWide } from "../process-wide.ts";
import type { SpanFacts, SpanInput, Tracing } from "./span.ts";

interface Slot {
  tracing: Tracing | null;
}

const slot = (): Slot => processWide("tracing", () => ({ tracing: null }));
const forget = (): void => undefined;

/** Runs `work` in a span where traces are sent, and plainly where not. */
export function inSpan<T>(span: SpanInput, work: (learn: (facts: SpanFacts) => void) => Promise<T>): Promise<T> {
  const { tracing } = slot();
  return tracing === null ? work(forget) : tracing.run(span, work);
}

/** The trace under way; null where there is none, or none is sent. */
export function currentTrace(): { traceparent: string; traceId: string } | null {
  return slot().tracing?.current() ?? null;
}

/**
 * Sends traces when an endpoint is configured; without one nothing of OpenTelemetry is even loaded. To be called
 * before the database is opened. The answer flushes what is left and stops.
 */
export async function startTracing(config: { tracesEndpoint: string | null; tracesRatio: number }, service: string): Promise<() => Promise<void>> {
  if (config.tracesEndpoint === null) return () => Promise.resolve();
  const { openTracing } = await import("./open-tracing.ts");
  const tracing = openTracing({ endpoint: config.tracesEndpoint, ratio: config.tracesRatio, service });
  slot().tracing = tracing;
  return () => tracing.stop();
}
