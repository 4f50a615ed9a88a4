import { fromPrisma, PgBoss } from "pg-boss";
import type { z } from "zod";
import { logger, type Tx } from "#lib/platform/index.ts";

/** A named piece of background work and the shape of what it is given. Handlers are joined to it in worker/registry.ts. */
export interface Job<T extends z.ZodType> {
  name: string;
  payload: T;
  /** Seconds that one attempt may take. */
  seconds: number;
  retries: number;
}

export function defineJob<T extends z.ZodType>(job: { name: string; payload: T; seconds?: number; retries?: number }): Job<T> {
  return { name: job.name, payload: job.payload, seconds: job.seconds ?? 120, retries: job.retries ?? 5 };
}

export interface Queue {
  /** Adds a job inside the caller's transaction: it exists when, and only when, that commits. */
  enqueue<T extends z.ZodType>(tx: Tx, job: Job<T>, payload: z.input<T>): Promise<void>;
  /** Runs `handler` for each job of that name; `parallel` at a time. */
  work<T extends z.ZodType>(job: Job<T>, parallel: number, handler: (payload: z.output<T>) => Promise<void>): Promise<void>;
  /** Counts by queue, for the operator. */
  counts(): Promise<{ name: string; queued: number; active: number; failed: number }[]>;
  ping(): Promise<void>;
  stop(): Promise<void>;
}

/** How often a worker looks for jobs whose worker died: their lease has ended then, and every second after it is waiting. */
const RESCUE = { superviseIntervalSeconds: 5, monitorIntervalSeconds: 5 };

/**
 * Opens the Postgres queue. `role` "worker" also creates the queues of `jobs` and supervises; "client" only sends.
 */
export async function openQueue(databaseUrl: string, role: "worker" | "client", jobs: Job<z.ZodType>[]): Promise<Queue> {
  const worker = role === "worker";
  const boss = new PgBoss({ connectionString: databaseUrl, max: worker ? 6 : 2, supervise: worker, schedule: worker, migrate: worker, useListenNotify: worker, ...(worker ? RESCUE : {}), application_name: `kos-queue-${role}` });
  boss.on("error", (error) => logger().warn({ err: error }, "queue"));
  await boss.start();
  if (worker) for (const job of jobs) await ensureQueue(boss, job);
  return {
    enqueue: async (tx, job, payload) => void (await boss.send(job.name, job.payload.parse(payload) as object, { db: fromPrisma(tx) })),
    work: async (job, parallel, handler) => {
      await boss.work(job.name, { localConcurrency: parallel, pollingIntervalSeconds: 1, batchSize: 1 }, async (batch) => {
        for (const item of batch) await handler(job.payload.parse(item.data));
      });
    },
    counts: async () => {
      const queues = await boss.getQueues();
      return queues.filter((queue) => !queue.name.startsWith("__")).map((queue) => ({ name: queue.name, queued: queue.queuedCount, active: queue.activeCount, failed: queue.failedCount ?? 0 }));
    },
    ping: async () => void (await boss.getQueues()),
    stop: async () => await boss.stop({ graceful: true, timeout: 20_000 }),
  };
}

async function ensureQueue(boss: PgBoss, job: Job<z.ZodType>): Promise<void> {
  const options = { retryLimit: job.retries, retryDelay: 2, retryBackoff: true, expireInSeconds: job.seconds, notify: true };
  if ((await boss.getQueue(job.name)) === null) await boss.createQueue(job.name, options);
  else await boss.updateQueue(job.name, options);
}
