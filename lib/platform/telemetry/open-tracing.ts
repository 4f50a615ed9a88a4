import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Attributes, type Context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler, AlwaysOnSampler, BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider, type ReadableSpan, type Sampler, type SpanProcessor,
} from "@opentelemetry/sdk-trace";
import { PrismaInstrumentation } from "@prisma/instrumentation";
import { within } from "../within.ts";
import { redact } from "./redact.ts";
import type { SpanFacts, SpanInput, Tracing } from "./span.ts";

const KINDS = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, producer: SpanKind.PRODUCER, client: SpanKind.CLIENT } as const;
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
/** Next tells of whole addresses; what follows a question mark may be a sign-in link. */
const ADDRESSES = ["http.target", "http.url", "url.full", "url.path", "url.query", "next.span_name", "next.route"];
const FLUSH_MS = 3_000;

/** Registers OpenTelemetry for this process: our spans, Next's and Prisma's go to one OTLP/HTTP endpoint, as JSON. */
export function openTracing(options: { endpoint: string; ratio: number; service: string }): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new TracerProvider({
    sampler: sampler(options.ratio),
    resource: resourceFromAttributes({ "service.name": options.service, "service.namespace": "kos-marketplace", "service.instance.id": randomUUID(), "host.name": hostname() }),
    spanProcessors: [new Redaction(), new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1_000 })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  const prisma = new PrismaInstrumentation();
  prisma.setTracerProvider(provider);
  // Its constructor enabled it with the provider of that moment; this hands it ours.
  prisma.enable();
  const tracer = provider.getTracer("kos");
  return {
    run: async ({ name, kind, parent, facts }, work) =>
      await tracer.startActiveSpan(name, { kind: KINDS[kind], attributes: facts }, parentContext(parent), async (span) => {
        try {
          return await work((learnt: SpanFacts) => void span.setAttributes(learnt));
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
          throw error;
        } finally {
          span.end();
        }
      }),
    current: () => {
      const found = trace.getSpanContext(context.active());
      if (found === undefined || (found.traceFlags & TraceFlags.SAMPLED) === 0) return null;
      return { traceId: found.traceId, traceparent: `00-${found.traceId}-${found.spanId}-01` };
    },
    stop: async () => {
      prisma.disable();
      // A collector that is away must not hold up the end of a process.
      await within(FLUSH_MS, provider.shutdown()).catch(() => undefined);
    },
  };
}

/**
 * A trace begins with a request or a job: polling, housekeeping and health looks would fill a collector with traces
 * of one span. The ratio holds for callers' traces too, since anyone may send the header; a trace of our own, which
 * came with a job, is kept whole.
 */
function sampler(ratio: number): Sampler {
  const some = new TraceIdRatioBasedSampler(ratio);
  const beginnings = choose("beginnings", (kind) => (kind === SpanKind.SERVER || kind === SpanKind.CONSUMER ? some : new AlwaysOffSampler()));
  const remote = choose("remote", (kind) => (kind === SpanKind.CONSUMER ? new AlwaysOnSampler() : beginnings));
  return new ParentBasedSampler({ root: beginnings, remoteParentSampled: remote });
}

function choose(name: string, byKind: (kind: SpanKind) => Sampler): Sampler {
  return { shouldSample: (...span) => byKind(span[3]).shouldSample(...span), toString: () => name };
}

function parentContext(traceparent: SpanInput["parent"]): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? "") ?? [];
  if (traceId === undefined || spanId === undefined) return context.active();
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags ?? "00", 16) & TraceFlags.SAMPLED, isRemote: true });
}

/** Stands before the exporter: what must not be in a log line must not be in a span. */
class Redaction implements SpanProcessor {
  onStart(): void {
    // Nothing is known of a span yet.
  }

  onEnd(span: ReadableSpan): void {
    clean(span.attributes);
    for (const event of span.events) clean(event.attributes ?? {});
    if (span.status.message !== undefined) span.status.message = redact(span.status.message);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

function clean(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value !== "string") continue;
    attributes[name] = redact(ADDRESSES.includes(name) ? (value.split("?")[0] ?? "") : value);
  }
}
