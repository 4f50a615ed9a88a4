import type { Deps } from "#lib/runtime/index.ts";

/** Number of the advisory lock that whoever numbers, stores or signs holds. */
export const SEQUENCER_LOCK = 7_310_002;

/** Runs `work` while no other process numbers, stores or signs; waits for its turn. */
export async function holdSequencer<T>(deps: Pick<Deps, "db">, minutes: number, work: () => Promise<T>): Promise<T> {
  return await deps.db.$transaction(
    async (lock) => {
      // The server gives up before the client does: a client that gives up alone leaves its connection waiting.
      await lock.$executeRaw`SET LOCAL lock_timeout = '8s'`;
      await lock.$executeRaw`SELECT pg_advisory_xact_lock(${SEQUENCER_LOCK}::bigint)`;
      return await work();
    },
    { timeout: minutes * 60_000, maxWait: 10_000 },
  );
}
