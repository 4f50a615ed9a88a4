import { createHash, randomBytes } from "node:crypto";
import { writeLeaf, type Leaf } from "@kosmarket/kit";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { Told } from "./facts.ts";
import { readFacts, type Source } from "./read-facts.ts";

/** Channel on which a waiting leaf is announced to the sequencer. */
export const RECORD_CHANNEL = "kos_record";

/**
 * Writes the leaf of a public row into the record, unnumbered, in the transaction that made the row: one commits with
 * the other. What it says is read back from the row. `actorId` becomes a commitment, sha256(salt ‖ account id), whose
 * salt goes with the account.
 */
export async function recordLeaf(tx: Tx, source: Source, actorId: string | null): Promise<void> {
  const told = (await readFacts(tx, [source])).get(source);
  if (told === undefined) throw new Error(`\`${source}\` is no row that a leaf can tell of`);
  await insertLeaf(tx, source, { ...told, actorId }, false);
}

/** Inserts a leaf unless its source has one; true when it was new. */
export async function insertLeaf(tx: Tx, source: string, { facts, actorId }: Told, late: boolean): Promise<boolean> {
  const id = newId();
  const salt = actorId === null ? null : randomBytes(32);
  const actor = salt === null || actorId === null ? null : commit(salt, actorId);
  const body = writeLeaf({ v: 1, id, actor, ...facts, ...(late ? { late } : {}) } as Leaf);
  const listing = "listing" in facts ? facts.listing : null;
  const inserted = await tx.$queryRaw<{ id: string }[]>`
    WITH leaf AS (
      INSERT INTO "LogLeaf" ("id", "source", "at", "type", "listing", "body", "leafHash")
      VALUES (${id}::uuid, ${source}, ${new Date(facts.at)}, ${facts.type}, ${listing}, ${body}, ${hashLeaf(body)}) ON CONFLICT ("source") DO NOTHING RETURNING "id"
    ), opening AS (
      INSERT INTO "LogCommitment" ("leafId", "userId", "salt") SELECT leaf."id", account."id", ${salt} FROM leaf JOIN "User" account ON account."id" = ${actorId}::uuid
    )
    SELECT "id"::text AS id, pg_notify(${RECORD_CHANNEL}, '')::text AS told FROM leaf`;
  return inserted.length === 1;
}

/** How a leaf names an account: 64 hexadecimal digits that only the salt's holder can connect with it. */
export function commit(salt: Uint8Array, accountId: string): string {
  return createHash("sha256").update(salt).update(accountId, "utf8").digest("hex");
}

/** The leaf hash of RFC 6962 as hexadecimal digits. */
export function hashLeaf(body: Uint8Array): string {
  return createHash("sha256").update(Uint8Array.of(0)).update(body).digest("hex");
}
