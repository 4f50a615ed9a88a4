import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { REGISTRY_CHECKS } from "#lib/publishing/checks/index.ts";
import { runChecks } from "#lib/publishing/index.ts";
import { artifactKey } from "#lib/storage/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { registerKey } from "#tests/support/signing-keys.ts";
import { approveAndPublish, publishService, submitBytes, submitPlugin } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let owner: Principal;
let publisher: string;

beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps);
  publisher = await makePublisher(deps, owner);
});
afterAll(() => deps.close());

const checksOf = (submissionId: string) => deps.db.checkResult.findMany({ where: { submissionId }, orderBy: { checkId: "asc" } });
const stateOf = async (id: string) => (await deps.db.submission.findUniqueOrThrow({ where: { id } })).state;

describe("the checks of a submission", () => {
  test("are all announced as queued from the start, and each ends", async () => {
    const { id } = await submitPlugin(deps, { principal: owner, publisher }, { id: uniqueName("checked") });
    const announced = await checksOf(id);
    expect(announced.length).toBeGreaterThan(10);
    expect(new Set(announced.map((check) => check.status))).toEqual(new Set(["queued"]));
    await runChecks(deps, { submissionId: id });
    const done = await checksOf(id);
    expect(done.map((check) => check.checkId)).toEqual(announced.map((check) => check.checkId));
    for (const check of done) expect(check, check.checkId).toMatchObject({ status: expect.stringMatching(/^(passed|warned)$/), lookedAt: expect.stringMatching(/\S/), attempts: 1 });
    expect(await stateOf(id)).toBe("in_review");
  });

  test("run again change nothing", async () => {
    const { id } = await submitBytes(deps, { principal: owner, publisher }, "manifest", serviceManifest(uniqueName("again")));
    await runChecks(deps, { submissionId: id });
    const [before, checks] = [await countTraces(deps), await checksOf(id)];
    await runChecks(deps, { submissionId: id });
    expect([await countTraces(deps), await checksOf(id)]).toEqual([before, checks]);
  });

  test("read the stored bytes: missing ones are no pass, and the submission keeps waiting for its checks", async () => {
    const { id } = await submitBytes(deps, { principal: owner, publisher }, "manifest", serviceManifest(uniqueName("lost")));
    const { artifactSha256 } = await deps.db.submission.findUniqueOrThrow({ where: { id } });
    await deps.store.delete(artifactKey(artifactSha256));
    await expect(runChecks(deps, { submissionId: id })).rejects.toMatchObject({ code: "unavailable" });
    expect(await stateOf(id)).toBe("checking");
    const ofBytes = (await checksOf(id)).filter((check) => !REGISTRY_CHECKS.some((registry) => registry.id === check.checkId));
    expect(new Set(ofBytes.map((check) => check.status))).toEqual(new Set(["running"]));
  });

  test("a check that never reports ends as errored, is no pass, and brings a person", async () => {
    const { id } = await submitBytes(deps, { principal: owner, publisher }, "manifest", serviceManifest(uniqueName("silent")));
    await deps.db.checkResult.create({ data: { submissionId: id, checkId: "scanner-that-is-down", title: "Scanner", severity: "B", status: "queued" } });
    await runChecks(deps, { submissionId: id });
    expect((await checksOf(id)).find((check) => check.checkId === "scanner-that-is-down")).toMatchObject({ status: "errored" });
    expect(await stateOf(id)).toBe("in_review");
  });

  test("one that breaks is tried again alone, three times, and then brings a person with the reason", async () => {
    const { id } = await submitBytes(deps, { principal: owner, publisher }, "manifest", serviceManifest(uniqueName("breaks")));
    // A manifest that no reader could have written: the check that compares it with earlier versions breaks on it.
    await publishService(deps, { principal: owner, publisher }, uniqueName("before"));
    const { listingSlug } = await deps.db.submission.findUniqueOrThrow({ where: { id } });
    const other = await deps.db.version.findFirstOrThrow({ include: { listing: true } });
    await deps.db.submission.update({ where: { id }, data: { listingSlug: other.listing.slug, version: "7.0.0", skeleton: `broken-${listingSlug}` } });
    await deps.db.$executeRaw`UPDATE "Submission" SET "manifest" = '{"kind":"service"}' WHERE "id" = ${id}::uuid`;
    const compatibility = async () => (await checksOf(id)).find((check) => check.checkId === "compatibility");
    for (const attempt of [1, 2]) {
      await expect(runChecks(deps, { submissionId: id })).rejects.toThrow(/compatibility: /);
      expect(await compatibility()).toMatchObject({ status: "queued", attempts: attempt, lookedAt: expect.stringContaining(`Attempt ${attempt} broke`) });
      expect(await stateOf(id)).toBe("checking");
    }
    await runChecks(deps, { submissionId: id });
    expect(await compatibility()).toMatchObject({ status: "errored", attempts: 3, lookedAt: expect.stringContaining("broke 3 times"), finishedAt: expect.any(Date) });
    expect((await checksOf(id)).filter((check) => check.checkId !== "compatibility").map((check) => check.attempts)).toEqual((await checksOf(id)).slice(1).map(() => 1));
    expect(await stateOf(id)).toBe("in_review");
  });

  test("a key revoked during review does not undo a signature that was good when it came", async () => {
    const slug = await makePublisher(deps, owner);
    const key = await registerKey(deps, owner, slug);
    const bytes = serviceManifest(uniqueName("revoked"));
    const { id } = await submitBytes(deps, { principal: owner, publisher: slug, signature: await key.sign(bytes) }, "manifest", bytes);
    await deps.db.signingKey.update({ where: { fingerprint: key.fingerprint }, data: { revokedAt: deps.now(), revocationReason: "retired" } });
    await runChecks(deps, { submissionId: id });
    expect((await checksOf(id)).find((check) => check.checkId === "signature")).toMatchObject({ status: "passed", findings: [] });
    const later = serviceManifest(uniqueName("revoked"));
    await expect(submitBytes(deps, { principal: owner, publisher: slug, signature: await key.sign(later) }, "manifest", later)).rejects.toMatchObject({ code: "signature-invalid" });
  });

  test("without a signature warn and do not block", async () => {
    const { id } = await submitBytes(deps, { principal: owner, publisher }, "manifest", serviceManifest(uniqueName("unsigned")));
    await runChecks(deps, { submissionId: id });
    expect((await checksOf(id)).find((check) => check.checkId === "signature")).toMatchObject({ status: "warned", findings: [expect.objectContaining({ code: "signature.absent", severity: "W" })] });
  });

  test("an id one letter from another publisher's goes to a person with the reason", async () => {
    const id = uniqueName("neighbour");
    await publishService(deps, { principal: owner, publisher }, id);
    const near = `${id.slice(0, -1)}${id.endsWith("x") ? "w" : "x"}`;
    const { id: submissionId } = await submitBytes(deps, { principal: owner, publisher: await makePublisher(deps, owner) }, "manifest", serviceManifest(near));
    await runChecks(deps, { submissionId });
    expect((await checksOf(submissionId)).find((check) => check.checkId === "similar-name")).toMatchObject({ status: "failed", findings: [expect.objectContaining({ code: "id.similar", severity: "H" })] });
    expect(await stateOf(submissionId)).toBe("in_review");
  });

  test("a version that another overtook meanwhile goes back to its publisher", async () => {
    const id = uniqueName("overtaken");
    const by = { principal: owner, publisher };
    const beta = await submitBytes(deps, by, "manifest", serviceManifest(id, "1.0.0"));
    await runChecks(deps, { submissionId: beta.id });
    await approveAndPublish(deps, beta.id);
    const next = await submitBytes(deps, by, "manifest", serviceManifest(id, "1.1.0"));
    await deps.db.listing.findUniqueOrThrow({ where: { slug: id } });
    const published = await deps.db.version.findFirstOrThrow({ where: { submissionId: beta.id } });
    await deps.db.version.create({ data: { ...published, manifest: published.manifest as object, files: published.files as object, id: crypto.randomUUID(), version: "1.2.0", sortKey: "9", submissionId: next.id } });
    await runChecks(deps, { submissionId: next.id });
    expect(await stateOf(next.id)).toBe("needs_changes");
    expect(await deps.db.mail.count({ where: { to: owner.email, event: { contains: "needs-changes" } } })).toBe(1);
  });
});
