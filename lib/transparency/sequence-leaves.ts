import type { Deps } from "#lib/runtime/index.ts";
import { RecordContradiction } from "./errors.ts";
import { findNewestCheckpoint } from "./find-newest-checkpoint.ts";
import { holdSequencer } from "./hold-sequencer.ts";
import { numberLeaves } from "./number-leaves.ts";
import { requireConsistent, signCheckpoint } from "./sign-checkpoint.ts";
import { dropNarrowTiles, storeTiles } from "./store-tiles.ts";

/** A checkpoint is confirmed this often when nothing happens. */
const CONFIRM_MS = 60_000;

export interface Sequenced {
  /** Leaves that got a number in this run. */
  numbered: number;
  /** Entries that the newest checkpoint covers. */
  size: number;
}

/**
 * Brings the log up to date: numbers waiting leaves, stores the tiles, signs the checkpoint, in this order, so that a
 * crash anywhere is finished by the next run with the same bytes. One at a time in the whole instance. Throws
 * RecordContradiction, and numbers and signs nothing, when the tree is not a continuation of what was signed before.
 */
export async function sequenceLeaves(deps: Deps): Promise<Sequenced> {
  if (!(await isDue(deps))) return { numbered: 0, size: await signedSize(deps) };
  // The lock's own transaction changes nothing: were it to end early, each step is still safe beside another.
  return await holdSequencer(deps, 10, () => sequence(deps));
}

async function isDue(deps: Deps): Promise<boolean> {
  const [row] = await deps.db.$queryRaw<{ waiting: boolean; unstored: boolean; unsigned: boolean; confirmedAt: Date | null }[]>`
    SELECT EXISTS (SELECT 1 FROM "LogLeaf" WHERE "seq" IS NULL) AS waiting, head."storedSize" < head."size" AS unstored, head."confirmedAt" AS "confirmedAt",
      NOT EXISTS (SELECT 1 FROM "LogCheckpoint" WHERE "size" = head."size") AS unsigned FROM "LogHead" head WHERE head."id" = 1`;
  if (row === undefined) throw new Error("the record has no head");
  return row.waiting || row.unstored || row.unsigned || row.confirmedAt === null || Math.abs(deps.now().getTime() - row.confirmedAt.getTime()) >= CONFIRM_MS;
}

async function sequence(deps: Deps): Promise<Sequenced> {
  try {
    await requireConsistent(deps);
  } catch (error) {
    if (error instanceof RecordContradiction) await deps.db.logHead.update({ where: { id: 1 }, data: { fault: error.message } });
    throw error;
  }
  const before = await signedSize(deps);
  const numbered = await numberLeaves(deps.db);
  const size = await storeTiles(deps);
  await signCheckpoint(deps, size);
  await dropNarrowTiles(deps, before, size);
  return { numbered, size };
}

async function signedSize(deps: Deps): Promise<number> {
  return (await findNewestCheckpoint(deps))?.size ?? 0;
}
