import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { leafHash, openCheckpoint, parseVerifierKey, readLeaf, toHex, verifyConsistency, verifyInclusion } from "@kosmarket/kit";
import type { Principal } from "#lib/accounts/index.ts";
import { readCheckpoint, readConsistencyProof, readInclusionProof, readTile, readVerifierKey, RecordContradiction, sequenceLeaves, verifyRecord } from "#lib/transparency/index.ts";
import { numberLeaves } from "#lib/transparency/number-leaves.ts";
import { makePerson, makePublisher } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let owner: Principal;
beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps);
});
afterAll(() => deps.close());

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const publishers = async (count: number): Promise<void> => {
  for (let made = 0; made < count; made += 20) await Promise.all(Array.from({ length: Math.min(20, count - made) }, () => makePublisher(deps, owner)));
};

test("an empty log has a signed checkpoint over nothing", async () => {
  expect(await sequenceLeaves(deps)).toEqual({ numbered: 0, size: 0 });
  const verifier = await parseVerifierKey(await readVerifierKey(deps));
  expect(verifier?.name).toBe("localhost:3999/log");
  const opened = verifier === null ? null : await openCheckpoint(await readCheckpoint(deps), verifier);
  expect(opened).toMatchObject({ origin: "localhost:3999/log", size: 0 });
  expect(toHex(opened?.root ?? new Uint8Array())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("the key is readable by its owner alone and holds nothing in the clear", () => {
  const file = join(deps.config.dataDir, "keys", "log.key");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const held = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  // The first bytes of every PKCS #8 Ed25519 key.
  expect(Buffer.from(held["locked"] ?? "", "base64").toString("hex")).not.toContain("302e020100300506032b6570");
});

test("a mutation that is rolled back leaves no leaf", async () => {
  const before = await deps.db.logLeaf.count();
  const taken = await makePublisher(deps, owner);
  await expect(makePublisher(deps, owner, taken)).rejects.toMatchObject({ code: "id-taken" });
  expect(await deps.db.logLeaf.count()).toBe(before + 1);
});

test("every size gives proofs that the kit verifies, and no proof holds for another leaf or size", { timeout: 120_000 }, async () => {
  const sizes: number[] = [];
  for (const count of [1, 2, 5, 60, 190, 30]) {
    await publishers(count);
    sizes.push((await sequenceLeaves(deps)).size);
  }
  const size = sizes.at(-1) ?? 0;
  expect(size).toBe(289);
  for (const [place, from] of sizes.entries()) {
    const to = sizes[(place * 5 + 3) % sizes.length] ?? size;
    if (from > to) continue;
    const { fromRoot, toRoot, proof } = await readConsistencyProof(deps, { from, to });
    const claim = { from, to, fromRoot: bytes(fromRoot), toRoot: bytes(toRoot), proof: proof.map(bytes) };
    expect(await verifyConsistency(claim)).toBe(true);
    expect(await verifyConsistency({ ...claim, toRoot: bytes("00".repeat(32)) })).toBe(false);
  }
  for (const seq of [0, 1, 7, 255, 256, 288]) {
    const proof = await readInclusionProof(deps, { seq });
    const claim = { leaf: bytes(proof.leaf), index: seq, size, root: bytes(proof.root), proof: proof.proof.map(bytes) };
    expect(await verifyInclusion(claim)).toBe(true);
    expect(await verifyInclusion({ ...claim, index: (seq + 1) % size })).toBe(false);
    const row = await deps.db.logLeaf.findUniqueOrThrow({ where: { seq: BigInt(seq) } });
    expect(toHex(await leafHash(row.body))).toBe(proof.leaf);
    expect(readLeaf(row.body)).toMatchObject({ v: 1, type: "publisher-created", id: row.id });
  }
  expect((await deps.db.logCheckpoint.findMany()).map((row) => Number(row.size)).sort((a, b) => a - b)).toEqual([0, ...sizes]);
});

test("tiles of older sizes are still answered, and none beyond the checkpoint", async () => {
  const full = await readTile(deps, "tile/0/000");
  expect(full.length).toBe(256 * 32);
  expect(await readTile(deps, "tile/0/000.p/9")).toEqual(full.subarray(0, 9 * 32));
  expect((await readTile(deps, "tile/1/000.p/1")).length).toBe(32);
  expect((await readTile(deps, "tile/entries/001.p/33")).length).toBeGreaterThan(33 * 100);
  for (const path of ["tile/0/001.p/34", "tile/0/001", "tile/0/002", "tile/1/000", "tile/entries/001.p/200", "tile/0/000.p/0", "tile/0/x000/000", "tile/0/0", "tile/0/../000", "checkpoint"]) await expect(readTile(deps, path), path).rejects.toMatchObject({ code: "not-found" });
  // Whoever reads the newest checkpoint needs only these.
  const stored: string[] = [];
  for await (const { key } of deps.store.list("log/")) stored.push(key);
  expect(stored.sort()).toEqual(["log/checkpoint", "log/tile/0/000", "log/tile/0/001.p/33", "log/tile/1/000.p/1", "log/tile/entries/000", "log/tile/entries/001.p/33"]);
});

test("ten sequencers at once number each leaf once", { timeout: 60_000 }, async () => {
  const before = Number((await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } })).size);
  const creating = publishers(100);
  await Promise.all(Array.from({ length: 10 }, () => sequenceLeaves(deps)));
  await creating;
  await Promise.all(Array.from({ length: 10 }, () => sequenceLeaves(deps)));
  expect(Number((await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } })).size)).toBe(before + 100);
  expect(await verifyRecord(deps)).toMatchObject({ ok: true, leaves: before + 100, waiting: 0, faults: [] });
});

test("numbering alone is safe beside itself, should the sequencer's lock be lost", async () => {
  await publishers(40);
  const given = await Promise.all(Array.from({ length: 5 }, () => numberLeaves(deps.db)));
  expect(given.reduce((sum, count) => sum + count, 0)).toBe(40);
  await sequenceLeaves(deps);
  expect(await verifyRecord(deps)).toMatchObject({ ok: true });
});

test("a crash between numbers and tiles is finished with the same bytes", async () => {
  await publishers(3);
  const failing = { ...deps, store: { ...deps.store, kind: deps.store.kind, getBytes: deps.store.getBytes.bind(deps.store), put: () => Promise.reject(new Error("the disk is gone")) } as typeof deps.store };
  await expect(sequenceLeaves(failing)).rejects.toThrow("the disk is gone");
  const between = await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
  expect(between.size - between.storedSize).toBe(3n);
  const numbers = await deps.db.logLeaf.findMany({ where: { seq: { gte: between.storedSize } }, orderBy: { seq: "asc" }, select: { id: true, seq: true } });
  // Nothing that is not stored was signed.
  expect(await deps.db.logCheckpoint.count({ where: { size: { gt: between.storedSize } } })).toBe(0);
  await publishers(1);
  expect(await sequenceLeaves(deps)).toEqual({ numbered: 1, size: Number(between.size) + 1 });
  expect(await deps.db.logLeaf.findMany({ where: { seq: { gte: between.storedSize, lt: between.size } }, orderBy: { seq: "asc" }, select: { id: true, seq: true } })).toEqual(numbers);
  expect(await verifyRecord(deps)).toMatchObject({ ok: true });
});

test("a checkpoint is confirmed once a minute without a new leaf, with the same text", async () => {
  const [note, head] = [await readCheckpoint(deps), await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } })];
  await sequenceLeaves(deps);
  expect((await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } })).confirmedAt).toEqual(head.confirmedAt);
  deps.advance(61_000);
  await sequenceLeaves(deps);
  const after = await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
  expect(after.confirmedAt?.getTime()).toBeGreaterThan(head.confirmedAt?.getTime() ?? Infinity);
  expect(await readCheckpoint(deps)).toBe(note);
});

test("rows of the record refuse every change but their number", async () => {
  for (const statement of ['UPDATE "LogLeaf" SET "body" = "body" || \'\\x20\'::bytea', 'UPDATE "LogLeaf" SET "seq" = NULL', 'UPDATE "LogLeaf" SET "seq" = "seq" + 100000 WHERE "seq" = 0', 'DELETE FROM "LogLeaf"', 'TRUNCATE "LogLeaf" CASCADE', 'DELETE FROM "LogCheckpoint"', 'UPDATE "LogCheckpoint" SET "at" = now()', 'UPDATE "LogTile" SET "hashes" = substring("hashes" from 33) WHERE "level" = 0', 'DELETE FROM "LogTile"', 'UPDATE "LogHead" SET "size" = 0, "storedSize" = 0', 'DELETE FROM "LogHead"']) {
    await expect(deps.db.$executeRawUnsafe(statement), statement).rejects.toThrow();
  }
});

test("an erased account leaves its leaves as they are", async () => {
  const person = await makePerson(deps);
  const slug = await makePublisher(deps, person);
  const row = await deps.db.logLeaf.findFirstOrThrow({ where: { type: "publisher-created" }, orderBy: { ordinal: "desc" }, include: { commitment: true } });
  expect(readLeaf(row.body)).toMatchObject({ publisher: slug, actor: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
  expect(Buffer.from(row.body).toString()).not.toContain(person.userId);
  expect(row.commitment?.userId).toBe(person.userId);
  await deps.db.user.delete({ where: { id: person.userId } });
  expect(await deps.db.logCommitment.findUnique({ where: { leafId: row.id } })).toBeNull();
  await sequenceLeaves(deps);
  expect(await verifyRecord(deps)).toMatchObject({ ok: true });
});

test("a worker with another key signs nothing", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "kos-test-keys-"));
  deps.advance(61_000);
  const newest = await readCheckpoint(deps);
  await expect(sequenceLeaves({ ...deps, config: { ...deps.config, dataDir: elsewhere } })).rejects.toThrow("keys/log.key is not the key that signed before");
  expect(await readCheckpoint(deps)).toBe(newest);
  rmSync(elsewhere, { recursive: true });
  await sequenceLeaves(deps);
  expect((await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } })).fault).toBeNull();
});

test("a database that lost what was signed is not extended: nothing is numbered, nothing signed", async () => {
  const size = (await sequenceLeaves(deps)).size;
  const newest = await readCheckpoint(deps);
  // What a database restored from an older backup looks like.
  await deps.db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRaw`DELETE FROM "LogCheckpoint" WHERE "size" = ${size}`;
    await tx.$executeRaw`UPDATE "LogHead" SET "size" = ${size - 1}, "storedSize" = ${size - 1}`;
    await tx.$executeRaw`UPDATE "LogLeaf" SET "seq" = NULL WHERE "seq" = ${size - 1}`;
    await tx.$executeRaw`UPDATE "LogTile" SET "hashes" = substring("hashes" FROM 1 FOR octet_length("hashes") - 32) WHERE "level" = 0 AND "index" = ${Math.floor((size - 1) / 256)}`;
  });
  await publishers(1);
  await expect(sequenceLeaves(deps)).rejects.toBeInstanceOf(RecordContradiction);
  await expect(sequenceLeaves(deps)).rejects.toThrow(`checkpoint over ${size} entries, the database numbers only ${size - 1}`);
  const head = await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
  expect(head).toMatchObject({ size: BigInt(size - 1), fault: expect.stringContaining("Restore a newer backup") as unknown });
  expect(await readCheckpoint(deps)).toBe(newest);
});
