import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { listFailedJobs, retryFailedJob } from "#lib/admin/index.ts";
import { defineJob, openQueue, type Queue } from "#lib/jobs/index.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { waitFor } from "#tests/support/wait-for.ts";

const poison = defineJob({ name: "tests.poison", payload: z.object({ dose: z.number() }), retries: 0 });

let deps: TestDeps;
let worker: Queue;
let cured = false;
let runs = 0;

beforeAll(async () => {
  deps = await openTestDeps();
  worker = await openQueue(deps.config.databaseUrl, "worker", [poison]);
  await worker.work(poison, 1, async () => {
    runs++;
    if (!cured) throw new Error("it does not agree with me\nand a second line");
    await Promise.resolve();
  });
});
afterAll(async () => {
  await worker.stop();
  await deps.close();
});

describe("a job that used up its attempts", () => {
  test("is listed with its payload and reason, runs again when told to, and is then gone from the list", async () => {
    await deps.db.$transaction((tx) => deps.queue.enqueue(tx, poison, { dose: 3 }));
    const [failed] = await waitFor("the job to fail", async () => ((await listFailedJobs(deps)).length === 1 ? await listFailedJobs(deps) : undefined));
    expect(failed).toMatchObject({ name: "tests.poison", payload: { dose: 3 }, attempts: 1, reason: "it does not agree with me and a second line" });
    cured = true;
    await retryFailedJob(deps, { id: failed?.id ?? "", actorId: null });
    await waitFor("the job to run again", () => Promise.resolve(runs === 2 ? true : undefined));
    await waitFor("the list to empty", async () => ((await listFailedJobs(deps)).length === 0 ? true : undefined));
    expect(await deps.db.auditEvent.count({ where: { name: "jobs:job:retry" } })).toBe(1);
  });

  test("cannot be retried under an id that nobody has", async () => {
    for (const id of ["nonsense", "0190a0a0-0000-7000-8000-000000000000"]) await expect(retryFailedJob(deps, { id, actorId: null })).rejects.toMatchObject({ code: "not-found" });
    expect(await deps.db.auditEvent.count({ where: { name: "jobs:job:retry" } })).toBe(1);
  });
});
