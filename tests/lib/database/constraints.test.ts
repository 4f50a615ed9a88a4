import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "#lib/platform/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { publishService } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let slug: string;
let submissionId: string;

beforeAll(async () => {
  deps = await openTestDeps();
  const owner = await makePerson(deps);
  slug = uniqueName("rules");
  submissionId = (await publishService(deps, { principal: owner, publisher: await makePublisher(deps, owner) }, slug)).submissionId;
});
afterAll(() => deps.close());

/** Straight SQL, as someone with the application's own account would send it. */
const sql = (statement: string) => deps.db.$executeRawUnsafe(statement);

describe("whatever the code does, the database refuses", () => {
  test.each([
    ["to change an audit event", `UPDATE "AuditEvent" SET "name" = 'x'`, /AuditEvent is append-only/],
    ["to delete audit events", `DELETE FROM "AuditEvent"`, /AuditEvent is append-only/],
    ["to empty the audit trail", `TRUNCATE "AuditEvent"`, /AuditEvent is append-only/],
    ["to delete a decision", `DELETE FROM "Decision"`, /Decision is append-only/],
    ["to change a decision's reason", `UPDATE "Decision" SET "reason" = 'because'`, /a decision is append-only/],
    ["to change what a decision was about", `UPDATE "Decision" SET "artifactSha256" = repeat('0', 64)`, /a decision is append-only/],
    ["to put a decision on another's account", `UPDATE "Decision" SET "deciderId" = (SELECT "id" FROM "User" ORDER BY "id" LIMIT 1)`, /a decision is append-only/],
    ["to delete a version", `DELETE FROM "Version"`, /Version is append-only/],
    ["to delete a listing", `DELETE FROM "Listing"`, /Listing is append-only/],
    ["to change a version's bytes", `UPDATE "Version" SET "artifactSha256" = repeat('0', 64)`, /a published version is immutable/],
    ["to change a version's manifest", `UPDATE "Version" SET "manifest" = '{}'`, /a published version is immutable/],
    ["to change a version's signature", `UPDATE "Version" SET "signature" = "signature" || ' '`, /a published version is immutable/],
    ["to change a submission's bytes", `UPDATE "Submission" SET "artifactSha256" = repeat('0', 64)`, /the bytes of a submission never change/],
    ["to change a submission's manifest", `UPDATE "Submission" SET "manifestText" = ''`, /the bytes of a submission never change/],
    ["to change a submission's permissions", `UPDATE "Submission" SET "permissionHash" = ''`, /the bytes of a submission never change/],
    ["to change a state without raising the state version", `UPDATE "Submission" SET "state" = 'rejected'`, /raises the state version/],
    ["a state that does not exist", `UPDATE "Submission" SET "state" = 'lost', "stateVersion" = 99`, /Submission_state_known/],
    ["a claim without an end", `UPDATE "Submission" SET "claimedById" = (SELECT "id" FROM "User" LIMIT 1)`, /Submission_claim_whole/],
    ["a role that does not exist", `INSERT INTO "UserRole" ("userId", "role") SELECT "id", 'emperor' FROM "User" LIMIT 1`, /UserRole_role_known/],
    ["a listing id of another form", `UPDATE "Listing" SET "slug" = 'Not An Id'`, /Listing_slug_form/],
    ["a private key", `INSERT INTO "SigningKey" ("id", "publisherId", "format", "fingerprint", "armored", "algorithm", "keyCreatedAt") SELECT gen_random_uuid(), "id", 'openpgp', repeat('a', 40), '-----BEGIN PGP PRIVATE KEY BLOCK-----', 'x', now() FROM "Publisher" LIMIT 1`, /SigningKey_public_only/],
    ["an artifact above 50 MiB", `INSERT INTO "Artifact" ("sha256", "size", "mediaType", "key") VALUES (repeat('a', 64), 52428801, 'x', 'y')`, /Artifact_size_range/],
    ["two listings of one skeleton", `INSERT INTO "Listing" ("id", "slug", "skeleton", "kind", "type", "publisherId", "name") SELECT gen_random_uuid(), 'other', "skeleton", "kind", "type", "publisherId", "name" FROM "Listing" LIMIT 1`, /skeleton/],
  ])("%s", async (_what, statement, message) => {
    await expect(sql(statement)).rejects.toThrow(message);
  });

  test("a second submission that holds the same version, open or published", async () => {
    const { id: _id, icon: _icon, workflow: _workflow, provenance: _provenance, ...row } = await deps.db.submission.findUniqueOrThrow({ where: { id: submissionId } });
    const copy = { ...row, manifest: row.manifest as object, files: row.files as object };
    await expect(deps.db.submission.create({ data: { ...copy, id: newId(), state: "checking" } })).rejects.toThrow(/Unique constraint/);
    await expect(deps.db.submission.create({ data: { ...copy, id: newId(), state: "withdrawn" } })).resolves.toMatchObject({ state: "withdrawn" });
  });
});

test("a version can be yanked and deprecated: flags may change", async () => {
  await sql(`UPDATE "Version" SET "yankedAt" = now(), "yankReason" = 'leaks', "successor" = 'other'`);
  expect(await deps.db.version.findFirst({ where: { submissionId } })).toMatchObject({ yankReason: "leaks" });
});

test("deleting a decider's account keeps the decision and the name it was made under", async () => {
  const before = await deps.db.decision.findFirstOrThrow({ where: { submissionId } });
  await deps.db.user.delete({ where: { id: before.deciderId ?? "" } });
  expect(await deps.db.decision.findUnique({ where: { id: before.id } })).toEqual({ ...before, deciderId: null });
});
