import type { Deps } from "#lib/runtime/index.ts";
import { insertLeaf } from "./append-leaf.ts";
import { findUntold, readFacts } from "./read-facts.ts";

const BATCH = 500;

/**
 * Writes the leaves of public rows that have none, oldest first: what happened before the record existed, or under a
 * process that did not know it. Such leaves say so (`late`). Safe to run twice and beside others. Returns how many.
 */
export async function backfillLeaves(deps: Pick<Deps, "db">): Promise<number> {
  let written = 0;
  for (;;) {
    const untold = await findUntold(deps.db, BATCH);
    const batch = await deps.db.$transaction(
      async (tx) => {
        const told = await readFacts(tx, untold);
        let count = 0;
        for (const source of untold) {
          const item = told.get(source);
          if (item !== undefined && (await insertLeaf(tx, source, item, true))) count++;
        }
        return count;
      },
      { timeout: 60_000 },
    );
    written += batch;
    if (untold.length < BATCH || batch === 0) return written;
  }
}
