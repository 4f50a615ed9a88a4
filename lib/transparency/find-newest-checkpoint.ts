import type { Deps } from "#lib/runtime/index.ts";

/** A signed checkpoint as the database remembers it. */
interface SignedCheckpoint {
  /** Entries that it covers. */
  size: number;
  /** Of the tree over them: 64 hex digits. */
  root: string;
  at: Date;
  note: string;
}

/** The checkpoint that covers most; null before the first. */
export async function findNewestCheckpoint({ db }: Pick<Deps, "db">): Promise<SignedCheckpoint | null> {
  const row = await db.logCheckpoint.findFirst({ orderBy: { size: "desc" } });
  return row === null ? null : { size: Number(row.size), root: row.root, at: row.at, note: row.note };
}
