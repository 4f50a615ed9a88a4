import { afterAll, beforeAll, expect, test } from "vitest";
import { moveSubmission } from "#lib/submissions/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { submissionInReview } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());

async function waiting() {
  const owner = await makePerson(deps);
  return await submissionInReview(deps, { principal: owner, publisher: await makePublisher(deps, owner) }, uniqueName("swap"));
}

const reject = (id: string, seen?: number) =>
  deps.db.$transaction((tx) => moveSubmission(tx, { id, to: "rejected", by: "reviewer", actorId: null, now: deps.now(), ...(seen === undefined ? {} : { seen }) }));

test("a mover who looked at an older state version is told what is there now, and nothing changes", async () => {
  const { id, stateVersion } = await waiting();
  await expect(reject(id, stateVersion - 1)).rejects.toMatchObject({ code: "stale-decision", members: { state: "in_review", stateVersion } });
  expect(await deps.db.submission.findUnique({ where: { id } })).toMatchObject({ state: "in_review", stateVersion });
});

test("of many movers at once exactly one wins, and the state version rises by one", async () => {
  const { id, stateVersion } = await waiting();
  const results = await Promise.allSettled(Array.from({ length: 10 }, () => reject(id, stateVersion)));
  expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ status: 409 });
  expect(await deps.db.submission.findUnique({ where: { id } })).toMatchObject({ state: "rejected", stateVersion: stateVersion + 1 });
  expect(await deps.db.auditEvent.count({ where: { subject: `submission:${id}`, data: { path: ["to"], equals: "rejected" } } })).toBe(1);
});

test("a transaction that fails after the move takes the move back", async () => {
  const { id, stateVersion } = await waiting();
  const failing = deps.db.$transaction(async (tx) => {
    await moveSubmission(tx, { id, to: "rejected", by: "reviewer", actorId: null, now: deps.now() });
    throw new Error("the disk is full");
  });
  await expect(failing).rejects.toThrow("the disk is full");
  expect(await deps.db.submission.findUnique({ where: { id } })).toMatchObject({ state: "in_review", stateVersion });
});

test("an unknown submission is not found", async () => {
  await expect(reject("01900000-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "not-found" });
});
