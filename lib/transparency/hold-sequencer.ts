import type { Deps } from "#lib/runtime/index.ts";

const SEQUENCER_LOCK = 7_310_002;

/** Runs `work` while no other process numbers, stores or signs; waits for its turn. */
export async function holdSequencer<T>(deps: Pick<Deps, "db">, minutes: number, work: () => Promise<T>): Promise<T> {
  return await deps.db.$transaction(
    async (lock) => {
      await lock.$executeRaw`SELECT pg_advisory_xact_lock(${SEQUENCER_LOCK}::bigint)`;
      return await work();
    },
    { timeout: minutes * 60_000, maxWait: 10_000 },
  );
}
