import { readLeaf, type Leaf } from "@kosmarket/kit";
import type { Tx } from "#lib/platform/index.ts";
import { commit } from "./append-leaf.ts";
import type { Told } from "./facts.ts";
import { readFacts } from "./read-facts.ts";

export interface RecordFault {
  /** Where: a leaf, a tile or bundle, a checkpoint, a row. */
  place: string;
  detail: string;
}

export interface LeafRow {
  id: string;
  seq: bigint | null;
  source: string;
  at: Date;
  type: string;
  listing: string | null;
  body: Uint8Array;
  leafHash: string;
  commitment: { userId: string; salt: Uint8Array } | null;
}

/** Every way in which these leaves contradict their own rows or the rows that they tell of. */
export async function compareLeaves(tx: Tx, rows: LeafRow[]): Promise<RecordFault[]> {
  const told = await readFacts(tx, rows.map((row) => row.source));
  return rows.flatMap((row) => {
    const leaf = readLeaf(row.body);
    const details = leaf === null ? ["its bytes are not a leaf in canonical form"] : [...ownRow(row, leaf), ...toldRow(row, leaf, told.get(row.source))];
    return details.map((detail) => ({ place: `leaf ${row.seq} (database)`, detail }));
  });
}

function ownRow(row: LeafRow, leaf: Leaf): string[] {
  const listing = "listing" in leaf ? leaf.listing : null;
  const faults: string[] = [];
  if (leaf.id !== row.id || leaf.type !== row.type || listing !== row.listing || leaf.at !== row.at.toISOString()) faults.push("its columns say something else than its bytes");
  if (row.commitment !== null && commit(row.commitment.salt, row.commitment.userId) !== leaf.actor) faults.push("its actor is not the account that its salt belongs to");
  return faults;
}

/** A key's row may be revoked later and a version flagged: a leaf is compared only with what it tells of. */
function toldRow(row: LeafRow, leaf: Leaf, told: Told | undefined): string[] {
  if (told === undefined) return [`it tells of ${row.source}, which does not exist`];
  const said = leaf as unknown as Record<string, unknown>;
  return Object.entries(told.facts)
    .filter(([field, value]) => said[field] !== value)
    .map(([field, value]) => `${field} is ${JSON.stringify(said[field])}, the row ${row.source} says ${JSON.stringify(value)}`);
}
