import { setTimeout as delay } from "node:timers/promises";
import { fromPrisma, PgBoss } from "pg-boss";
import type { z } from "zod";
import { logger, observeEnqueue, observeJob, type Cause, type Tx } from "#lib/platform/index.ts";
import { readFailedJobs, retryFailedJob, type FailedJob } from "./failed-jobs.ts";

/** A named piece of background work and the shape of what it is given. Handlers are joined to it in worker/registry.ts. */
export interface Job<T extends z.ZodType> {
  name: string;
  payload: T;
  /** Seconds that one try may take; the worker holds it to that. */
  seconds: number;
  retries: number;
  /** For a job that brings everything up to date: one run does for all that wait, and runs begin at least so far apart. */
  togetherEveryMs: number | null;
}

export function defineJob<T extends z.ZodType>(job: { name: string; payload: T; seconds?: number; retries?: number; togetherEveryMs?: number }): Job<T> {
  return { name: job.name, payload: job.payload, seconds: job.seconds ?? 120, retries: job.retries ?? 5, togetherEveryMs: job.togetherEveryMs ?? null };
}

export interface QueueCount {
  name: string;
  queued: number;
  active: number;
  failed: number;
  /** Since when the oldest job that is due waits; null where none does. */
  oldestSeconds: number | null;
}

export interface Queue {
  /** Adds a job inside the caller's transaction: it exists when, and only when, that commits. */
  enqueue<T extends z.ZodType>(tx: Tx, job: Job<T>, payload: z.input<T>): Promise<void>;
  /** Runs `handler` for each job of that name; `parallel` at a time. */
  work<T extends z.ZodType>(job: Job<T>, parallel: number, handler: (payload: z.output<T>) => Promise<void>): Promise<void>;
  /** Counts by queue, and the age of what waits longest, for the operator. */
  counts(): Promise<QueueCount[]>;
  failed(): Promise<FailedJob[]>;
  /** Gives a job that gave up one more attempt and returns it; null where there is none of that id. */
  retry(tx: Tx, id: string): Promise<FailedJob | null>;
  stop(): Promise<void>;
}

/** How often a worker looks for jobs whose worker died: their lease has ended then, and every second after it is waiting. */
const RESCUE = { superviseIntervalSeconds: 5, monitorIntervalSeconds: 5 };

/** New jobs wake a worker by NOTIFY; a second attempt has only this poll. */
const RETRY_POLL_SECONDS = 1;
/** A job whose worker has given no sign of life for so long is given to another. The least that pg-boss allows. */
const SIGN_OF_LIFE_SECONDS = 10;
/** The queue's own limit, since a worker holds a job while what it needs is away. The most that pg-boss allows. */
const HELD_SECONDS = 86_400;
/** Between attempts, the first and the longest pause: an outage leaves behind jobs whose end could not be written, too. */
const FIRST_PAUSE_SECONDS = 1;
const LONGEST_PAUSE_SECONDS = 15;
/** How long a job stays visible after its end, done or failed. */
const KEPT_SECONDS = 14 * 86_400;
/** Where a job's data says what made it due, beside the payload. */
const CAUSE = "_cause";
/** pg-boss would tell of each of its own looks besides, and link traces where ours goes on. */
const OWN_SPANS = { enabled: false };
/** Jobs that one run does for. */
const MOST_TOGETHER = 1_000;
const START_PATIENCE_MS = 3_000;
const START_AGAIN_MS = 1_000;

/**
 * Opens the Postgres queue; a worker waits until the database is there, a client goes on and opens it when it can.
 * `role` "worker" also creates the queues of `jobs` and supervises; "client" only sends.
 */
export async function openQueue(databaseUrl: string, role: "worker" | "client", jobs: Job<z.ZodType>[]): Promise<Queue> {
  const worker = role === "worker";
  const forWorkers = { supervise: worker, schedule: worker, migrate: worker, useListenNotify: worker, ...(worker ? RESCUE : {}) };
  const boss = new PgBoss({ connectionString: databaseUrl, max: worker ? 6 : 2, ...forWorkers, application_name: `kos-queue-${role}`, openTelemetry: OWN_SPANS });
  boss.on("error", (error) => logger().warn({ err: error }, "queue"));
  const closing = new AbortController();
  const started = startUntilDone(boss, closing.signal);
  await (worker ? started : Promise.race([started, delay(START_PATIENCE_MS, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)]));
  if (worker) for (const job of jobs) await ensureQueue(boss, job);
  return {
    enqueue: async (tx, job, payload) => {
      await started;
      const data = job.payload.parse(payload) as object;
      await observeEnqueue(job.name, async (cause) => void (await boss.send(job.name, cause === null ? data : { ...data, [CAUSE]: cause }, { db: fromPrisma(tx) })));
    },
    work: async (job, parallel, handler) => {
      const begin = job.togetherEveryMs === null ? null : paced(job.togetherEveryMs);
      await boss.work(job.name, { localConcurrency: parallel, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: RETRY_POLL_SECONDS, batchSize: begin === null ? 1 : MOST_TOGETHER }, async (batch) => {
        await begin?.();
        for (const item of begin === null ? batch : batch.slice(0, 1)) {
          const { [CAUSE]: cause = {}, ...payload } = item.data as Record<string, unknown> & { [CAUSE]?: Cause };
          await observeJob({ job: job.name, id: item.id, attempt: item.retryCount + 1, cause }, async () => await handler(job.payload.parse(payload)));
        }
      });
    },
    counts: async () => {
      const queues = (await boss.getQueues()).filter((queue) => !queue.name.startsWith("__"));
      const ages = await readAges(boss);
      return queues.map((queue) => ({ name: queue.name, queued: queue.queuedCount, active: queue.activeCount, failed: queue.failedCount ?? 0, oldestSeconds: ages.get(queue.name) ?? null }));
    },
    failed: async () => await readFailedJobs(boss),
    retry: async (tx, id) => await retryFailedJob(boss, tx, id),
    stop: async () => {
      closing.abort();
      await boss.stop({ graceful: true, timeout: 20_000 });
    },
  };
}

/**
 * Waits until `milliseconds` have passed since it last returned; the first time not at all. What is waited for is joined
 * when it is taken and not when it is enqueued: a job left out because another waits could see that one run before its
 * own transaction commits, and its change would be missed.
 */
function paced(milliseconds: number): () => Promise<void> {
  let next = 0;
  return async () => {
    const wait = next - performance.now();
    if (wait > 0) await delay(wait);
    next = performance.now() + milliseconds;
  };
}

/** By queue, for how many seconds the oldest job that is due has waited. */
async function readAges(boss: PgBoss): Promise<Map<string, number>> {
  const waiting = "SELECT name, floor(extract(epoch FROM now() - min(greatest(created_on, start_after))))::int AS seconds FROM pgboss.job WHERE state IN ('created', 'retry') AND start_after <= now() GROUP BY name";
  const { rows } = (await boss.getDb().executeSql(waiting, [])) as { rows: { name: string; seconds: number }[] };
  return new Map(rows.map((row) => [row.name, row.seconds]));
}

/** An outage at the start is waited out; everything later is pg-boss's own to survive. */
async function startUntilDone(boss: PgBoss, signal: AbortSignal): Promise<void> {
  for (let said = false; !signal.aborted; said = true) {
    try {
      await boss.start();
      return;
    } catch (error) {
      if (!said) logger().warn({ err: error }, "the queue is not there yet");
      await delay(START_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function ensureQueue(boss: PgBoss, job: Job<z.ZodType>): Promise<void> {
  const options = { retryLimit: job.retries, retryDelay: FIRST_PAUSE_SECONDS, retryBackoff: true, retryDelayMax: LONGEST_PAUSE_SECONDS, expireInSeconds: HELD_SECONDS, heartbeatSeconds: SIGN_OF_LIFE_SECONDS, deleteAfterSeconds: KEPT_SECONDS, notify: true };
  if ((await boss.getQueue(job.name)) === null) await boss.createQueue(job.name, options);
  else await boss.updateQueue(job.name, options);
}
