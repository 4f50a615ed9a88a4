import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { catalogChangedJob } from "#lib/catalog/index.ts";
import { defineJob, openQueue, type Queue } from "#lib/jobs/index.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { waitFor } from "#tests/support/wait-for.ts";

const EVERY_MS = 200;
const job = defineJob({ name: "test.together", payload: z.object({}), togetherEveryMs: EVERY_MS });
let deps: TestDeps;
let queue: Queue;

beforeAll(async () => {
  deps = await openTestDeps();
  queue = await openQueue(deps.config.databaseUrl, "worker", [job]);
});
afterAll(async () => {
  await queue.stop();
  await deps.close();
});

test("jobs that wait are done by one run, runs keep their distance, and none runs before what made it due is there", async () => {
  const users = () => deps.db.user.count({ where: { email: { startsWith: "together" } } });
  const runs: { at: number; seen: number }[] = [];
  await queue.work(job, 1, async () => void runs.push({ at: performance.now(), seen: await users() }));
  const MADE = 120;
  for (let number = 0; number < MADE; number++) {
    await deps.db.$transaction(async (tx) => {
      await tx.user.create({ data: { id: crypto.randomUUID(), email: `together-${number}@example.org` } });
      await queue.enqueue(tx, job, {});
    });
  }
  await waitFor("a run that sees all", async () => (runs.at(-1)?.seen === MADE ? true : undefined));
  const distances = runs.slice(1).map(({ at }, index) => at - (runs[index]?.at ?? 0));
  expect(Math.min(EVERY_MS, ...distances)).toBeGreaterThan(EVERY_MS * 0.9);
  expect(runs.length).toBeLessThan(MADE / 2);
});

test("a burst of publishes builds at most two snapshots a second", () => {
  expect(catalogChangedJob.togetherEveryMs).toBeGreaterThanOrEqual(500);
  expect(catalogChangedJob.togetherEveryMs).toBeLessThan(1_000);
});
