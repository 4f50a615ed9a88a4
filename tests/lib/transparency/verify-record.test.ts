import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LEAF_TYPES, noteVerifier, readLeaf, writeVerifierKey } from "@kosmarket/kit";
import { newId } from "#lib/platform/index.ts";
import { backfillLeaves, PUBLIC_EVENTS, sequenceLeaves, verifyRecord } from "#lib/transparency/index.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { livePublicly, type PublicLife } from "./public-life.ts";

let deps: TestDeps;
let life: PublicLife;
beforeAll(async () => {
  deps = await openTestDeps();
  life = await livePublicly(deps);
  await sequenceLeaves(deps);
});
afterAll(() => deps.close());

/** Runs statements as someone who switched the database's own rules off. */
async function force(...statements: string[]): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    for (const statement of statements) await tx.$executeRawUnsafe(statement);
  });
}

async function alterObject(key: string, byte: number): Promise<() => Promise<void>> {
  const bytes = await deps.store.getBytes(key, 1_000_000);
  if (bytes === null) throw new Error(`${key} is not stored`);
  const put = async (body: Uint8Array): Promise<void> => void (await deps.store.put(key, body, { sha256: createHash("sha256").update(body).digest("hex"), contentType: "application/octet-stream" }));
  await put(bytes.map((value, place) => (place === byte ? value ^ 1 : value)));
  return () => put(bytes);
}

const faults = async (): Promise<string[]> => (await verifyRecord(deps)).faults.map((fault) => `${fault.place}: ${fault.detail}`);

test("each public event has one leaf of its type, and no other event has one", async () => {
  for (const [name, type] of Object.entries(PUBLIC_EVENTS)) {
    const events = await deps.db.auditEvent.count({ where: { name } });
    if (type === null) continue;
    expect(events, name).toBeGreaterThan(0);
    const leaves = await deps.db.logLeaf.count({ where: { type } });
    const all = await deps.db.auditEvent.count({ where: { name: { in: Object.entries(PUBLIC_EVENTS).flatMap(([other, told]) => (told === type ? [other] : [])) } } });
    // Most moves are not told: they are of submissions that nobody has decided on, or another leaf tells of them.
    expect(leaves, name).toBe(type === "submission-moved" ? 1 : all);
  }
  expect((await deps.db.logLeaf.groupBy({ by: ["type"] })).map((group) => group.type).sort()).toEqual([...LEAF_TYPES].sort());
});

test("a submission that nobody decided on is in no leaf", async () => {
  const withdrawn = await deps.db.submission.findFirstOrThrow({ where: { listingSlug: { startsWith: "secret-" } } });
  for (const leaf of await deps.db.logLeaf.findMany()) expect(Buffer.from(leaf.body).toString()).not.toMatch(new RegExp(`${withdrawn.id}|${withdrawn.listingSlug}`));
});

test("the leaf of a version says what was published", async () => {
  const version = await deps.db.version.findFirstOrThrow({ where: { listing: { slug: life.listing } }, include: { artifact: true } });
  const leaf = await deps.db.logLeaf.findUniqueOrThrow({ where: { source: `version:${version.id}` } });
  expect(readLeaf(leaf.body)).toEqual({ v: 1, id: leaf.id, actor: null, type: "version-published", at: version.publishedAt.toISOString(), listing: life.listing, version: "1.0.0", kind: "service", publisher: life.publisher, sha256: version.artifactSha256, size: version.artifact.size, signer: "registry", signerFingerprint: version.signerFingerprint, permissionHash: version.permissionHash, submission: life.submissionId });
});

describe("a sound record is sound, and each fault is found at its place", () => {
  test("sound", async () => {
    const verdict = await verifyRecord(deps);
    expect(verdict).toMatchObject({ ok: true, faults: [], waiting: 0 });
    expect(verdict.leaves).toBe(await deps.db.logLeaf.count());
    expect(verdict.checkpoints).toBeGreaterThan(0);
  });

  test("a byte of a leaf, its hash made to fit", async () => {
    const row = await deps.db.logLeaf.findUniqueOrThrow({ where: { seq: 2n } });
    await force(`UPDATE "LogLeaf" SET "body" = set_byte("body", 20, get_byte("body", 20) # 1), "leafHash" = encode(sha256('\\x00'::bytea || set_byte("body", 20, get_byte("body", 20) # 1)), 'hex') WHERE "seq" = 2`);
    const found = await faults();
    expect(found).toContain("log/tile/0/000.p/" + String((await verifyRecord(deps)).leaves) + " hash 2 (database): the hash is not what the leaves give");
    expect(found.some((fault) => fault.startsWith("log/tile/entries/000.p/") && fault.includes("(entry 2)"))).toBe(true);
    expect(found.some((fault) => fault.startsWith("checkpoint "))).toBe(true);
    await force(`UPDATE "LogLeaf" SET "body" = '\\x${Buffer.from(row.body).toString("hex")}', "leafHash" = '${row.leafHash}' WHERE "seq" = 2`);
    expect(await faults()).toEqual([]);
  });

  test("a byte of a leaf alone is refused by the database, and found without that rule", async () => {
    await expect(force(`UPDATE "LogLeaf" SET "body" = set_byte("body", 20, get_byte("body", 20) # 1) WHERE "seq" = 3`)).rejects.toThrow("LogLeaf_hash_of_body");
    const row = await deps.db.logLeaf.findUniqueOrThrow({ where: { seq: 3n } });
    await force(`ALTER TABLE "LogLeaf" DROP CONSTRAINT "LogLeaf_hash_of_body"`, `UPDATE "LogLeaf" SET "body" = set_byte("body", 20, get_byte("body", 20) # 1) WHERE "seq" = 3`);
    expect((await faults()).some((fault) => /^leaf 3 \(database\): its bytes hash to [0-9a-f]{64}, its row says/.test(fault))).toBe(true);
    await force(`UPDATE "LogLeaf" SET "body" = '\\x${Buffer.from(row.body).toString("hex")}' WHERE "seq" = 3`);
  });

  test("a byte of a stored tile, of a stored bundle, and of the published checkpoint", async () => {
    const size = (await verifyRecord(deps)).leaves;
    for (const [key, byte, place] of [[`log/tile/0/000.p/${size}`, 2 * 32 + 5, `log/tile/0/000.p/${size} hash 2 (object store)`], [`log/tile/entries/000.p/${size}`, 9, `log/tile/entries/000.p/${size} byte 9`], ["log/checkpoint", 30, "log/checkpoint"]] as const) {
      const restore = await alterObject(key, byte);
      const found = await faults();
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(`${place}: `);
      await restore();
    }
    await deps.store.delete(`log/tile/0/000.p/${size}`);
    expect(await faults()).toEqual([`log/tile/0/000.p/${size} hash 0 (object store): the tile is missing`]);
    await force(`UPDATE "LogHead" SET "storedSize" = 0`);
    await sequenceLeaves(deps);
    expect(await faults()).toEqual([]);
  });

  test("another digest in the table than in the leaf", async () => {
    const other = "ab".repeat(32);
    const version = await deps.db.version.findFirstOrThrow({ where: { listing: { slug: life.listing } } });
    const leaf = await deps.db.logLeaf.findUniqueOrThrow({ where: { source: `version:${version.id}` } });
    await force(`INSERT INTO "Artifact" ("sha256", "size", "mediaType", "key") SELECT '${other}', "size", "mediaType", 'artifacts/other' FROM "Artifact" WHERE "sha256" = '${version.artifactSha256}'`, `UPDATE "Version" SET "artifactSha256" = '${other}' WHERE "id" = '${version.id}'`);
    expect(await faults()).toEqual([`leaf ${leaf.seq} (database): sha256 is "${version.artifactSha256}", the row version:${version.id} says "${other}"`]);
    await force(`UPDATE "Version" SET "artifactSha256" = '${version.artifactSha256}' WHERE "id" = '${version.id}'`);
  });

  test("a checkpoint that was not signed by the log", async () => {
    await force(`UPDATE "LogCheckpoint" SET "note" = overlay("note" placing 'AAAA' from length("note") - 20)`);
    expect((await faults()).some((fault) => /^checkpoint \d+: its signature does not hold$/.test(fault))).toBe(true);
    await force(`DELETE FROM "LogCheckpoint"`);
    await sequenceLeaves(deps);
    expect(await faults()).toEqual([]);
  });

  test("a checkpoint under another name that the log's key did not sign, which the log does not go on from either", async () => {
    const { note } = await deps.db.logCheckpoint.findFirstOrThrow({ orderBy: { size: "desc" } });
    const forged = Buffer.from(note.replaceAll(note.split("\n")[0] ?? "", "older.example/log"));
    await force(`UPDATE "LogCheckpoint" SET "note" = '${forged.toString()}' WHERE "note" = '${note}'`, `UPDATE "LogHead" SET "confirmedAt" = NULL`);
    await deps.store.put("log/checkpoint", forged, { sha256: createHash("sha256").update(forged).digest("hex"), contentType: "text/plain" });
    expect((await faults()).some((fault) => /^checkpoint \d+: its signature does not hold$/.test(fault))).toBe(true);
    await expect(sequenceLeaves(deps)).rejects.toThrow("log/checkpoint is not signed by keys/log.key");
    await force(`DELETE FROM "LogCheckpoint"`);
    await deps.store.delete("log/checkpoint");
    await sequenceLeaves(deps);
    expect(await faults()).toEqual([]);
  });

  test("a key in the database that is not the one in the keys folder", async () => {
    const { verifierKey } = await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
    const other = await noteVerifier("localhost:3999/log", new Uint8Array(32).fill(9));
    await force(`UPDATE "LogHead" SET "verifierKey" = '${writeVerifierKey(other)}'`);
    expect(await faults()).toContain("the key (database): it is not the one in keys/log.key");
    await force(`UPDATE "LogHead" SET "verifierKey" = '${verifierKey}'`);
    expect(await faults()).toEqual([]);
  });

  test("a leaf that is gone, and a public row without one", async () => {
    const last = await deps.db.logLeaf.findFirstOrThrow({ orderBy: { seq: "desc" } });
    const id = newId();
    await force(`UPDATE "LogLeaf" SET "seq" = NULL WHERE "seq" = ${last.seq}`, `INSERT INTO "Publisher" ("id", "slug", "skeleton", "name") VALUES ('${id}', 'smuggled', 'smuggled', 'Smuggled')`);
    const found = await faults();
    expect(found).toContain(`leaf ${last.seq} (database): no leaf has this number`);
    expect(found).toContain(`publisher:${id}: this public row has no leaf`);
    await force(`UPDATE "LogLeaf" SET "seq" = ${last.seq} WHERE "id" = '${last.id}'`, `DELETE FROM "Publisher" WHERE "id" = '${id}'`);
    expect(await faults()).toEqual([]);
  });
});

test("what happened before the record is written into it once, in its order, and says so", async () => {
  const before = await deps.db.logLeaf.findMany({ orderBy: { seq: "asc" } });
  await force('DELETE FROM "LogCommitment"', 'DELETE FROM "LogLeaf"', 'DELETE FROM "LogTile"', 'DELETE FROM "LogCheckpoint"', 'UPDATE "LogHead" SET "size" = 0, "storedSize" = 0, "confirmedAt" = NULL');
  for await (const { key } of deps.store.list("log/")) await deps.store.delete(key);
  expect(await Promise.all([backfillLeaves(deps), backfillLeaves(deps)]).then(([a, b]) => a + b)).toBe(before.length);
  expect(await backfillLeaves(deps)).toBe(0);
  await sequenceLeaves(deps);
  const after = await deps.db.logLeaf.findMany({ orderBy: { seq: "asc" } });
  expect(after.map((leaf) => leaf.source).sort()).toEqual(before.map((leaf) => leaf.source).sort());
  expect(after.map((leaf) => leaf.at.getTime())).toEqual(after.map((leaf) => leaf.at.getTime()).sort((a, b) => a - b));
  for (const leaf of after) expect(readLeaf(leaf.body)).toMatchObject({ late: true });
  expect(await verifyRecord(deps)).toMatchObject({ ok: true, leaves: before.length });
});
