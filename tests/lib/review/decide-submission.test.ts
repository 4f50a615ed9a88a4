import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { runChecks } from "#lib/publishing/index.ts";
import { revokeKey } from "#lib/trust/index.ts";
import { claimSubmission, decideSubmission, setPolicy, type DecideInput } from "#lib/review/index.ts";
import { withdrawSubmission } from "#lib/submissions/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { withFactor } from "#tests/support/factors.ts";
import { submissionInReview, submitBytes } from "#tests/support/submissions.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { registerKey } from "#tests/support/signing-keys.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let author: Principal;
let reviewer: Principal;
let publisher: string;

beforeAll(async () => {
  deps = await openTestDeps();
  author = await makePerson(deps, ["administrator"]);
  reviewer = await makePerson(deps, ["reviewer"]);
  publisher = await makePublisher(deps, author);
});
afterAll(() => deps.close());

const waiting = () => submissionInReview(deps, { principal: author, publisher }, uniqueName("desk"));
const decide = (principal: Principal, seen: { id: string; stateVersion: number }, decision: DecideInput["decision"] = "approve") => decideSubmission(deps, { principal, ...seen, decision, reason: "Read line by line." });
const jobs = (id: string) => deps.db.$queryRaw<{ name: string }[]>`SELECT name FROM pgboss.job WHERE data->>'submissionId' = ${id} AND name = 'submission.publish'`;

describe("a decision", () => {
  test("pins bytes, permissions, policy and the state version that the reviewer saw", async () => {
    const seen = await waiting();
    expect(await decide(reviewer, seen)).toEqual({ state: "approved", stateVersion: seen.stateVersion + 1 });
    const submission = await deps.db.submission.findUniqueOrThrow({ where: { id: seen.id }, include: { decisions: true } });
    expect(submission.decisions).toHaveLength(1);
    expect(submission.decisions[0]).toMatchObject({ decision: "approve", deciderId: reviewer.userId, artifactSha256: submission.artifactSha256, permissionHash: submission.permissionHash, policy: "solo", stateVersion: seen.stateVersion, note: null });
    expect(submission.decisions[0]?.policyRevision).toMatch(/^2@[0-9a-f]{12}$/);
    expect(await jobs(seen.id)).toHaveLength(1);
    expect(await deps.db.auditEvent.count({ where: { subject: `submission:${seen.id}`, name: "review:submission:decide" } })).toBe(1);
  });

  test("on an older state version is refused with what is there now and leaves no trace", async () => {
    const seen = await waiting();
    await decide(reviewer, seen, "request_changes");
    const before = await countTraces(deps);
    await expect(decide(author, seen)).rejects.toMatchObject({ code: "stale-decision", status: 409, members: { state: "needs_changes", stateVersion: seen.stateVersion + 1 } });
    expect(await countTraces(deps)).toEqual(before);
  });

  test("does not approve what a key signed that was lost to somebody else by then", async () => {
    const signed = async (since: number | null) => {
      const slug = await makePublisher(deps, author);
      const key = await registerKey(deps, author, slug);
      const manifest = serviceManifest(uniqueName("lost"), "1.0.0");
      const { id } = await submitBytes(deps, { principal: author, publisher: slug, signature: await key.sign(manifest) }, "manifest", manifest);
      await runChecks(deps, { submissionId: id });
      const { submittedAt, stateVersion } = await deps.db.submission.findUniqueOrThrow({ where: { id } });
      await revokeKey(deps.db, { principal: author, slug, fingerprint: key.fingerprint, reason: "compromised", compromisedSince: since === null ? null : new Date(submittedAt.getTime() + since), now: deps.now() });
      return { id, stateVersion };
    };
    await expect(decide(reviewer, await signed(null))).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(decide(reviewer, await signed(-60_000))).rejects.toMatchObject({ code: "signature-invalid" });
    expect(await decide(reviewer, await signed(-60_000), "reject")).toMatchObject({ state: "rejected" });
    expect(await decide(reviewer, await signed(60_000))).toMatchObject({ state: "approved" });
  });

  test("by two reviewers at once: one wins, the other gets 409", async () => {
    const seen = await waiting();
    const second = await makePerson(deps, ["security"]);
    const results = await Promise.allSettled([decide(reviewer, seen, "approve"), decide(second, seen, "reject")]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = results.find((result) => result.status === "rejected");
    expect(lost?.reason).toMatchObject({ status: 409 });
    expect(await deps.db.decision.count({ where: { submissionId: seen.id } })).toBe(1);
  });

  test("of one's own submission is allowed under solo, and the record says so", async () => {
    const seen = await waiting();
    await decide(author, seen);
    expect(await deps.db.decision.findFirst({ where: { submissionId: seen.id } })).toMatchObject({ note: "self-approved, single operator", policy: "solo" });
  });

  test("needs a role that the policy names", async () => {
    const seen = await waiting();
    await expect(decide(await makePerson(deps), seen)).rejects.toMatchObject({ code: "forbidden", status: 403 });
    expect(await deps.db.decision.count({ where: { submissionId: seen.id } })).toBe(0);
  });

  test("with a sign-in of more than an hour ago asks for another", async () => {
    const seen = await waiting();
    const before = await countTraces(deps);
    const stale = { ...reviewer, authenticatedAt: new Date(deps.now().getTime() - 61 * 60_000) };
    await expect(decide(stale, seen)).rejects.toMatchObject({ code: "step-up-required", status: 403 });
    expect(await countTraces(deps)).toEqual(before);
  });

  test("after the publisher withdrew is refused", async () => {
    const seen = await waiting();
    await withdrawSubmission(deps.db, { principal: author, id: seen.id, now: deps.now() });
    await expect(decide(reviewer, seen)).rejects.toMatchObject({ code: "stale-decision", members: { state: "withdrawn" } });
  });

  test("on version 1 after version 2 arrived is refused; version 2 keeps the place in the queue", async () => {
    const id = uniqueName("race");
    const first = await submissionInReview(deps, { principal: author, publisher }, id);
    const { queuedAt } = await deps.db.submission.findUniqueOrThrow({ where: { id: first.id } });
    const second = await submitBytes(deps, { principal: author, publisher }, "manifest", serviceManifest(id, "1.1.0"));
    await expect(decide(reviewer, first)).rejects.toMatchObject({ code: "stale-decision", members: { state: "superseded" } });
    expect(await deps.db.submission.findUnique({ where: { id: second.id } })).toMatchObject({ queuedAt, supersedesId: first.id });
  });
});

describe("a claim", () => {
  test("keeps others from deciding until it ends, and then no longer", async () => {
    const seen = await waiting();
    const other = await makePerson(deps, ["reviewer"]);
    const { until } = await claimSubmission(deps, { principal: reviewer, id: seen.id });
    await expect(decide(other, seen)).rejects.toMatchObject({ code: "already-claimed", status: 409, members: { claimedUntil: until } });
    await expect(claimSubmission(deps, { principal: other, id: seen.id })).rejects.toMatchObject({ code: "already-claimed" });
    deps.advance(21 * 60_000);
    expect(await decide({ ...other, authenticatedAt: deps.now() }, seen, "reject")).toMatchObject({ state: "rejected" });
    expect(await deps.db.submission.findUnique({ where: { id: seen.id } })).toMatchObject({ claimedById: null, claimedUntil: null });
  });

  test("is renewed three times and then belongs to someone else", async () => {
    const seen = await waiting();
    for (let time = 0; time <= 3; time++) await claimSubmission(deps, { principal: reviewer, id: seen.id });
    await expect(claimSubmission(deps, { principal: reviewer, id: seen.id })).rejects.toMatchObject({ code: "already-claimed" });
  });

  test("of many at once has one holder", async () => {
    const seen = await waiting();
    const people = await Promise.all(Array.from({ length: 6 }, () => makePerson(deps, ["reviewer"])));
    const results = await Promise.allSettled(people.map((principal) => claimSubmission(deps, { principal, id: seen.id })));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  });
});

describe("under the policy team", () => {
  test("it cannot be set while fewer than two people could decide", async () => {
    const lonely = await openTestDeps();
    try {
      await makePerson(lonely, ["reviewer"]);
      await expect(setPolicy(lonely.db, "team")).rejects.toMatchObject({ code: "bad-request", message: expect.stringContaining("needs 2 people") });
    } finally {
      await lonely.close();
    }
  });

  test("nobody decides on a submission of their own, others do", async () => {
    const both = await makePerson(deps, ["reviewer"]);
    const seen = await submissionInReview(deps, { principal: both, publisher: await makePublisher(deps, both) }, uniqueName("own"));
    await setPolicy(deps.db, "team");
    await expect(decide(await withFactor(deps, both), seen)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("`team`") });
    expect(await decide(await withFactor(deps, reviewer), seen)).toMatchObject({ state: "approved" });
    expect(await deps.db.decision.findFirst({ where: { submissionId: seen.id } })).toMatchObject({ policy: "team", note: null });
    await setPolicy(deps.db, "solo");
  });

  test("nobody claims or decides without a second factor, by token neither, and setting it names who lacks one", async () => {
    const bare = await makePerson(deps, ["security"]);
    const seen = await waiting();
    const { withoutFactor } = await setPolicy(deps.db, "team");
    expect(withoutFactor).toContain(bare.email);
    expect(withoutFactor, "who has one is not named").not.toContain(reviewer.email);
    const before = await countTraces(deps);
    for (const principal of [bare, { ...bare, via: "token", scopes: ["review:decide"] } as Principal]) {
      await expect(claimSubmission(deps, { principal, id: seen.id })).rejects.toMatchObject({ code: "second-factor-required", status: 403 });
      await expect(decide(principal, seen)).rejects.toMatchObject({ code: "second-factor-required", status: 403 });
    }
    expect(await countTraces(deps)).toEqual(before);
    expect(await decide(await withFactor(deps, bare), seen)).toMatchObject({ state: "approved" });
    await setPolicy(deps.db, "solo");
  });
});
