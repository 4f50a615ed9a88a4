import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#lib/platform/index.ts";
import { findMove, moveSubmission, movesFrom, OPEN_STATES, TRANSITIONS, type Mover } from "#lib/submissions/index.ts";
import { SUBMISSION_STATES, type SubmissionState } from "#lib/submissions/schema.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { submissionInReview } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const MOVERS: Mover[] = ["publisher", "reviewer", "second-reviewer", "system", "quorum"];
let deps: TestDeps;
let template: string;

beforeAll(async () => {
  deps = await openTestDeps();
  const owner = await makePerson(deps);
  template = (await submissionInReview(deps, { principal: owner, publisher: await makePublisher(deps, owner) }, uniqueName("table"))).id;
});
afterAll(() => deps.close());

/** A copy of a real submission under an id of its own, put into `state` as if it had come there. */
async function submissionIn(state: SubmissionState): Promise<string> {
  const { checks: _checks, ...row } = await deps.db.submission.findUniqueOrThrow({ where: { id: template }, include: { checks: true } });
  const slug = uniqueName("copy");
  const copy = { ...row, id: newId(), listingSlug: slug, skeleton: slug, state, icon: undefined, workflow: undefined, provenance: undefined, manifest: row.manifest as object, files: row.files as object };
  return (await deps.db.submission.create({ data: copy })).id;
}

const move = (id: string, to: SubmissionState, by: Mover) => deps.db.$transaction((tx) => moveSubmission(tx, { id, to, by, actorId: null, now: deps.now() }));

describe.each(SUBMISSION_STATES)("from %s", (from) => {
  test("every move of the table is made, and nothing else", async () => {
    for (const to of SUBMISSION_STATES) {
      const allowed = findMove(from, to);
      const id = await submissionIn(from);
      for (const by of MOVERS.filter((mover) => mover !== allowed?.by)) {
        const refused = move(id, to, by);
        await expect(refused, `${from} → ${to} by ${by}`).rejects.toMatchObject({ code: "move-not-allowed", members: { state: from, allowedMoves: movesFrom(from).map((entry) => entry.verb) } });
      }
      expect(await deps.db.submission.findUnique({ where: { id }, select: { state: true, stateVersion: true } })).toMatchObject({ state: from });
      expect(await deps.db.auditEvent.count({ where: { subject: `submission:${id}` } })).toBe(0);
      if (allowed === null) continue;
      expect(await move(id, to, allowed.by)).toMatchObject({ state: to });
      expect(await deps.db.auditEvent.count({ where: { subject: `submission:${id}`, name: "submissions:submission:move" } })).toBe(1);
      await deps.db.submission.delete({ where: { id } });
    }
    await deps.db.submission.deleteMany({ where: { state: from, listingSlug: { startsWith: "copy-" } } });
  });
});

test("final states have no way out, and what is open does not contain them", () => {
  const final = SUBMISSION_STATES.filter((state) => Object.keys(TRANSITIONS[state]).length === 0);
  expect(final).toEqual(["published", "withdrawn", "superseded", "expired"]);
  expect(OPEN_STATES.filter((state) => final.some((other) => other === state))).toEqual([]);
});
