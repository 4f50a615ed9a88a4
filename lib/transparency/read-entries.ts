import { readLeaf, type Leaf } from "@kosmarket/kit";
import type { Deps } from "#lib/runtime/index.ts";
import { noCheckpoint } from "./errors.ts";
import { findNewestCheckpoint } from "./find-newest-checkpoint.ts";
import { logOrigin } from "./log-key.ts";
import type { RecordEntryView, RecordPageView } from "./schema.ts";

export interface EntriesInput {
  type?: string | undefined;
  listing?: string | undefined;
  before?: number | undefined;
  limit: number;
}

/** Numbered entries, newest first; `nextCursor` is the `before` of the next page. */
export async function readEntries(deps: Pick<Deps, "db">, input: EntriesInput): Promise<{ items: RecordEntryView[]; nextCursor: string | null }> {
  const rows = await deps.db.logLeaf.findMany({
    where: {
      seq: { not: null, ...(input.before === undefined ? {} : { lt: BigInt(input.before) }) },
      ...(input.type === undefined ? {} : { type: input.type }),
      ...(input.listing === undefined ? {} : { listing: input.listing }),
    },
    orderBy: { seq: "desc" },
    take: input.limit + 1,
  });
  const items = rows.slice(0, input.limit).map((row) => ({ seq: Number(row.seq), hash: row.leafHash, at: row.at.toISOString(), type: row.type, listing: row.listing, leaf: openLeaf(row) }));
  return { items, nextCursor: rows.length > input.limit ? String(items.at(-1)?.seq) : null };
}

function openLeaf(row: { seq: bigint | null; body: Uint8Array }): Leaf {
  const leaf = readLeaf(row.body);
  if (leaf === null) throw new Error(`leaf ${row.seq} is not in canonical form`);
  return leaf;
}

/** Everything that the record's page shows. */
export async function readRecord(deps: Pick<Deps, "db" | "config">, input: EntriesInput): Promise<RecordPageView> {
  const [head, last, waiting, page] = await Promise.all([
    deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } }),
    findNewestCheckpoint(deps),
    deps.db.logLeaf.count({ where: { seq: null } }),
    readEntries(deps, input),
  ]);
  const checkpoint = last === null ? null : { size: last.size, root: last.root, signedAt: last.at.toISOString(), confirmedAt: (head.confirmedAt ?? last.at).toISOString(), note: last.note };
  return { origin: logOrigin(deps.config), verifierKey: head.verifierKey, checkpoint, waiting, fault: head.fault, entries: page.items, nextCursor: page.nextCursor };
}

/** The key that signs the checkpoints, as a note's verifier key. Throws `not-found` before the first checkpoint. */
export async function readVerifierKey(deps: Pick<Deps, "db">): Promise<string> {
  const head = await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
  if (head.verifierKey === null) throw noCheckpoint();
  return head.verifierKey;
}

/** Where a version's publication stands in the record. */
export interface VersionRecord {
  seq: number;
  hash: string;
  at: Date;
}

/** For each of these versions whose publication is numbered and covered by a signed checkpoint: its place. */
export async function findVersionRecords(deps: Pick<Deps, "db">, versionIds: string[]): Promise<Map<string, VersionRecord>> {
  const last = await findNewestCheckpoint(deps);
  if (last === null || versionIds.length === 0) return new Map();
  const sources = versionIds.map((id) => `version:${id}`);
  const rows = await deps.db.logLeaf.findMany({ where: { source: { in: sources }, seq: { lt: BigInt(last.size) } }, select: { source: true, seq: true, leafHash: true, at: true } });
  return new Map(rows.map((row) => [row.source.slice("version:".length), { seq: Number(row.seq), hash: row.leafHash, at: row.at }]));
}
