import { afterAll, beforeAll, expect, test } from "vitest";
import { readLeaf } from "@kosmarket/kit";
import type { Principal } from "#lib/accounts/index.ts";
import { sequenceLeaves, verifyRecord } from "#lib/transparency/index.ts";
import { makePerson, makePublisher } from "#tests/support/accounts.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

/** The whole drill is 10,000 (`KOS_MUTATIONS=10000`); the suite runs enough to fill tiles on two levels. */
const MUTATIONS = Number(process.env["KOS_MUTATIONS"] ?? 1_000);
const AT_ONCE = 50;

let deps: TestDeps;
let owner: Principal;
beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps);
});
afterAll(() => deps.close());

test(`of ${MUTATIONS} mutations, ${AT_ONCE} at once, every one is a leaf and none is two`, { timeout: 600_000 }, async () => {
  const before = await deps.db.logLeaf.count();
  const made: string[] = [];
  const started = performance.now();
  let next = 0;
  let running = true;
  const sequencing = (async () => {
    while (running) await sequenceLeaves(deps);
  })();
  const mutate = async (): Promise<void> => {
    while (next++ < MUTATIONS) made.push(await makePublisher(deps, owner));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, mutate));
  const mutated = performance.now();
  running = false;
  await sequencing;
  await sequenceLeaves(deps);
  const sequenced = performance.now();
  const verdict = await verifyRecord(deps);
  const verified = performance.now();
  const rows = await deps.db.logLeaf.findMany({ orderBy: { seq: "asc" } });
  expect(rows.length).toBe(before + MUTATIONS);
  expect(rows.map((row) => Number(row.seq))).toEqual(rows.map((_, place) => place));
  const told = rows.flatMap((row) => {
    const leaf = readLeaf(row.body);
    return leaf?.type === "publisher-created" ? [leaf.publisher] : [];
  });
  expect(told.sort()).toEqual(made.sort());
  expect(verdict).toMatchObject({ ok: true, leaves: before + MUTATIONS, waiting: 0, faults: [] });
  if (process.env["KOS_MUTATIONS"] !== undefined) {
    const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`;
    process.stdout.write(`${MUTATIONS} mutations in ${seconds(started, mutated)}, the last numbered and signed ${seconds(mutated, sequenced)} later, ${verdict.checkpoints} checkpoints, verified in ${seconds(sequenced, verified)}\n`);
  }
});

test("ten thousand waiting leaves are numbered, stored and signed in seconds", { timeout: 120_000 }, async () => {
  const before = await deps.db.logLeaf.count();
  await deps.db.$executeRaw`
    INSERT INTO "LogLeaf" ("id", "source", "at", "type", "body", "leafHash")
    SELECT gen_random_uuid(), 'bulk:' || n, now(), 'bulk', convert_to('{"n":' || n || '}', 'UTF8'), encode(sha256('\\x00'::bytea || convert_to('{"n":' || n || '}', 'UTF8')), 'hex') FROM generate_series(1, 10000) n`;
  const started = performance.now();
  expect(await sequenceLeaves(deps)).toEqual({ numbered: 10_000, size: before + 10_000 });
  const seconds = (performance.now() - started) / 1000;
  if (process.env["KOS_MUTATIONS"] !== undefined) process.stdout.write(`10,000 waiting leaves in ${seconds.toFixed(1)} s\n`);
  expect(seconds).toBeLessThan(30);
});
