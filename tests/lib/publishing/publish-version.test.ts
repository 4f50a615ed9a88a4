import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { publishVersion, runChecks } from "#lib/publishing/index.ts";
import { decideSubmission } from "#lib/review/index.ts";
import { artifactKey } from "#lib/storage/index.ts";
import { registrySigner } from "#lib/trust/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { packPlugin, serviceManifest } from "#tests/support/packages.ts";
import { openGnupg, registerKey } from "#tests/support/signing-keys.ts";
import { approveAndPublish, publishService, submissionInReview, submitBytes } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let owner: Principal;
let publisher: string;

beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps, ["administrator"]);
  publisher = await makePublisher(deps, owner);
});
afterAll(() => deps.close());

async function approved(id: string): Promise<string> {
  const seen = await submissionInReview(deps, { principal: owner, publisher }, id);
  await decideSubmission(deps, { principal: owner, ...seen, decision: "approve", reason: "Fine." });
  return seen.id;
}

test("run twice, an approval is published once", async () => {
  const submissionId = await approved(uniqueName("twice"));
  await publishVersion(deps, { submissionId });
  const after = await countTraces(deps);
  await publishVersion(deps, { submissionId });
  expect(await countTraces(deps)).toEqual(after);
  expect(await deps.db.version.count({ where: { submissionId } })).toBe(1);
});

test("run by many at once, an approval is published once", async () => {
  const submissionId = await approved(uniqueName("many"));
  await Promise.all(Array.from({ length: 8 }, () => publishVersion(deps, { submissionId })));
  expect(await deps.db.version.count({ where: { submissionId } })).toBe(1);
  expect(await deps.db.auditEvent.count({ where: { name: "catalog:version:publish", data: { path: ["sha256"], equals: (await deps.db.submission.findUniqueOrThrow({ where: { id: submissionId } })).artifactSha256 } } })).toBe(1);
  expect(await deps.db.submission.findUnique({ where: { id: submissionId } })).toMatchObject({ state: "published" });
});

test("what nobody approved is not published", async () => {
  const seen = await submissionInReview(deps, { principal: owner, publisher }, uniqueName("unapproved"));
  const before = await countTraces(deps);
  await publishVersion(deps, { submissionId: seen.id });
  expect(await countTraces(deps)).toEqual(before);
});

test("the stored object is byte for byte what was uploaded, under the name of its digest", async () => {
  const { bytes } = await publishService(deps, { principal: owner, publisher }, uniqueName("bytes"));
  const stored = await deps.store.getBytes(artifactKey(createHash("sha256").update(bytes).digest("hex")), 1_000_000);
  expect(Buffer.compare(Buffer.from(stored ?? []), Buffer.from(bytes))).toBe(0);
});

test("without a publisher's signature the registry signs, and gpg says good", async () => {
  const id = uniqueName("registry-signed");
  const { bytes, submissionId } = await publishService(deps, { principal: owner, publisher }, id);
  const version = await deps.db.version.findFirstOrThrow({ where: { submissionId } });
  const signer = await registrySigner(deps.config);
  expect(version).toMatchObject({ signer: "registry", signerFingerprint: signer.fingerprint });
  const gpg = openGnupg();
  try {
    gpg.run(["--import"], signer.certificate);
    expect(gpg.run(["--status-fd", "1", "--verify", gpg.file("sig", version.signature), gpg.file("data", bytes)])).toContain(`VALIDSIG ${signer.fingerprint.toUpperCase()}`);
  } finally {
    gpg.dispose();
  }
});

test("with a publisher's signature that one is kept, byte for byte", async () => {
  const key = await registerKey(deps, owner, publisher);
  const bytes = await packPlugin({ id: uniqueName("signed") });
  const signature = await key.sign(bytes);
  const { id } = await submitBytes(deps, { principal: owner, publisher, signature }, "package", bytes);
  await runChecks(deps, { submissionId: id });
  await approveAndPublish(deps, id);
  expect(await deps.db.version.findFirst({ where: { submissionId: id } })).toMatchObject({ signer: "publisher", signerFingerprint: key.fingerprint, signature });
});

test("a prerelease does not become the version that visitors install; a later stable one does", async () => {
  const id = uniqueName("channels");
  const by = { principal: owner, publisher };
  await publishService(deps, by, id, "1.0.0");
  await publishService(deps, by, id, "2.0.0-beta.1");
  expect(await deps.db.listing.findUnique({ where: { slug: id } })).toMatchObject({ latestVersion: "1.0.0" });
  await publishService(deps, by, id, "1.10.0");
  await publishService(deps, by, id, "2.0.0");
  expect(await deps.db.listing.findUnique({ where: { slug: id } })).toMatchObject({ latestVersion: "2.0.0" });
});

test("the longest version that a manifest may carry is published too", async () => {
  let version = "1.0.0-1";
  while (version.length + 2 <= 256) version += ".1";
  const { submissionId } = await publishService(deps, { principal: owner, publisher }, uniqueName("long"), version);
  expect(await deps.db.version.findFirst({ where: { submissionId } })).toMatchObject({ version });
});

test("the second publisher of a look-alike id is refused, published or only submitted", async () => {
  const other = { principal: owner, publisher: await makePublisher(deps, owner) };
  await publishService(deps, { principal: owner, publisher }, "harbour-lamp");
  const before = await countTraces(deps);
  for (const id of ["harbour-lamp", "harb0ur-lamp", "harbourlamp", "harbour-1amp"]) {
    await expect(submitBytes(deps, other, "manifest", serviceManifest(id, "2.0.0")), id).rejects.toMatchObject({ code: "id-taken", status: 409 });
  }
  expect(await countTraces(deps)).toEqual(before);
  await submitBytes(deps, { principal: owner, publisher }, "manifest", serviceManifest("lighthouse-keeper"));
  await expect(submitBytes(deps, other, "manifest", serviceManifest("l1ghthouse-keeper"))).rejects.toMatchObject({ code: "id-taken" });
});

test("one publisher does not open look-alike ids, nor one id as two kinds, side by side", async () => {
  const by = { principal: owner, publisher };
  const id = uniqueName("ferry");
  await submitBytes(deps, by, "manifest", serviceManifest(id));
  await expect(submitBytes(deps, by, "manifest", serviceManifest(id.replace("-", "")))).rejects.toMatchObject({ code: "id-taken" });
  await expect(submitBytes(deps, by, "package", await packPlugin({ id, version: "2.0.0-beta.1" }))).rejects.toMatchObject({ code: "package-invalid" });
});

test("a listing never changes its kind", async () => {
  const id = uniqueName("kind");
  await publishService(deps, { principal: owner, publisher }, id);
  await expect(submitBytes(deps, { principal: owner, publisher }, "package", await packPlugin({ id, version: "2.0.0" }))).rejects.toMatchObject({ code: "package-invalid", errors: [expect.objectContaining({ code: "manifest.kind-changed" })] });
});

