import { logger } from "../logger.ts";
import { metrics } from "./metrics.ts";
import { currentScope, runInScope, type Scope } from "./scope.ts";
import { currentTrace, inSpan } from "./tracing.ts";

/** What made a job due; travels beside its payload, so that one id and one trace lead from a click to its effect. */
export interface Cause {
  requestId?: string;
  traceparent?: string;
}

export interface Attempt {
  job: string;
  id: string;
  /** 1 for the first. */
  attempt: number;
  cause: Cause;
}

/** Runs `send` in a span of its own with the cause that the job is to carry; null where there is none. */
export async function observeEnqueue(job: string, send: (cause: Cause | null) => Promise<void>): Promise<void> {
  const { requestId } = currentScope();
  if (currentTrace() === null) return await send(requestId === undefined ? null : { requestId });
  await inSpan({ name: `enqueue ${job}`, kind: "producer", facts: { "messaging.system": "pg-boss", "messaging.destination.name": job } }, async () => {
    const traceparent = currentTrace()?.traceparent;
    await send({ ...(requestId === undefined ? {} : { requestId }), ...(traceparent === undefined ? {} : { traceparent }) });
  });
}

/** Runs one attempt of a job in its scope and span, counts it and writes its line. What it throws is thrown on. */
export async function observeJob(attempt: Attempt, work: () => Promise<void>): Promise<void> {
  const { requestId, traceparent } = attempt.cause;
  const scope: Scope = { jobId: attempt.id, ...(requestId === undefined ? {} : { requestId }) };
  const facts = { "messaging.system": "pg-boss", "messaging.destination.name": attempt.job, "messaging.message.id": attempt.id, "kos.attempt": attempt.attempt };
  const started = performance.now();
  const tell = (outcome: "done" | "failed") => {
    const ms = performance.now() - started;
    metrics().jobs.observe({ job: attempt.job, outcome }, ms / 1000);
    logger().info({ job: attempt.job, attempt: attempt.attempt, outcome, ms: Math.round(ms * 10) / 10 }, "job");
  };
  await runInScope(scope, () =>
    inSpan({ name: `job ${attempt.job}`, kind: "consumer", parent: traceparent ?? null, facts }, async () => {
      try {
        await work();
      } catch (error) {
        tell("failed");
        throw error;
      }
      tell("done");
    }),
  );
}
