export type SpanFacts = Record<string, string | number | boolean>;

export interface SpanInput {
  name: string;
  kind: "server" | "consumer" | "producer" | "client";
  /** W3C `traceparent` of a span in another process; without it the span under way is the parent. */
  parent?: string | null;
  facts: SpanFacts;
}

/** What this module needs of OpenTelemetry. Only `open-tracing.ts` knows the packages, and loads when traces are sent. */
export interface Tracing {
  /** Ends the span when the promise settles. `learn` adds what was not known at its start. */
  run<T>(span: SpanInput, work: (learn: (facts: SpanFacts) => void) => Promise<T>): Promise<T>;
  /** `traceparent` and id of the span under way, when it is sampled. */
  current(): { traceparent: string; traceId: string } | null;
  /** Sends what is left. */
  stop(): Promise<void>;
}
