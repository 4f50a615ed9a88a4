import type { Deps } from "#lib/runtime/index.ts";
import { recheckNameJob } from "../jobs.ts";

const MOST_AT_ONCE = 100;
/** Until a check that was queued has written when the next one is due. */
const PAUSE_MS = 6 * 3_600_000;

/** Queues a check of every proof that is due; many workers at once queue each but once. Returns how many. */
export async function queueRechecks(deps: Deps): Promise<number> {
  const now = deps.now();
  const due = await deps.db.nameProof.findMany({ where: { nextCheckAt: { lte: now } }, orderBy: { nextCheckAt: "asc" }, take: MOST_AT_ONCE, select: { id: true, nextCheckAt: true } });
  let queued = 0;
  for (const { id, nextCheckAt } of due) {
    queued += await deps.db.$transaction(async (tx) => {
      const { count } = await tx.nameProof.updateMany({ where: { id, nextCheckAt }, data: { nextCheckAt: new Date(now.getTime() + PAUSE_MS) } });
      if (count === 1) await deps.queue.enqueue(tx, recheckNameJob, { proofId: id });
      return count;
    });
  }
  return queued;
}
