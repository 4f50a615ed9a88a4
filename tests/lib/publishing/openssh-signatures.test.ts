import { afterAll, beforeAll, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { readVersion } from "#lib/catalog/index.ts";
import { runChecks } from "#lib/publishing/index.ts";
import { addKey, listKeys, registrySigner, revokeKey, writeAllowedSigners } from "#lib/trust/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { makeOpensshKey, type OpensshKey } from "#tests/support/openssh.ts";
import { packPlugin } from "#tests/support/packages.ts";
import { openGnupg } from "#tests/support/signing-keys.ts";
import { approveAndPublish, submitBytes } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let owner: Principal;
let slug: string;
let key: OpensshKey;

beforeAll(async () => {
  deps = await openTestDeps();
  owner = await makePerson(deps, ["administrator"]);
  slug = await makePublisher(deps, owner);
  key = makeOpensshKey();
  await addKey(deps.db, { principal: owner, slug, key: { format: "ssh", key: key.publicKey }, now: deps.now() });
});
afterAll(async () => {
  key.dispose();
  await deps.close();
});

const code = (error: unknown) => (error as { errors?: { code: string }[] }).errors?.map((problem) => problem.code);

test("a key that is none, or not accepted, leaves nothing behind; one that is registered is nobody else's", async () => {
  const before = await countTraces(deps);
  const add = (text: string) => addKey(deps.db, { principal: owner, slug, key: { format: "ssh", key: text }, now: deps.now() });
  expect(code(await add("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==").catch((error: unknown) => error))).toEqual(["ssh-key.rsa"]);
  await expect(add("-----BEGIN OPENSSH PRIVATE KEY-----")).rejects.toMatchObject({ code: "key-invalid" });
  await expect(add(key.publicKey)).rejects.toMatchObject({ code: "key-taken" });
  expect(await countTraces(deps)).toEqual(before);
  const [listed] = await listKeys(deps, slug);
  expect(listed).toMatchObject({ format: "ssh", fingerprint: key.fingerprint, algorithm: "ssh-ed25519", userIds: [] });
  expect(listed?.armored).not.toContain("someone");
});

test("the version names the publisher's key; the feed's signature is the registry's, and both programs call theirs good", async () => {
  const id = uniqueName("ssh-signed");
  const bytes = await packPlugin({ id });
  const signature = key.sign(bytes);
  await expect(submitBytes(deps, { principal: owner, publisher: slug, signature: key.sign(bytes, "git") }, "package", bytes)).rejects.toMatchObject({ code: "signature-invalid" });
  const { id: submissionId } = await submitBytes(deps, { principal: owner, publisher: slug, signature }, "package", bytes);
  await runChecks(deps, { submissionId });
  await approveAndPublish(deps, submissionId);
  const version = await readVersion(deps, id, "1.0.0");
  const registry = await registrySigner(deps.config);
  expect(version).toMatchObject({ signer: "publisher", fingerprint: key.fingerprint, publisherSignature: { format: "ssh", signature }, keysUrl: expect.stringContaining("/registry/keys.asc") as string });
  const author = version?.ladder.find((rung) => rung.rung === "author");
  expect(author).toMatchObject({ state: "proven", command: expect.stringContaining("ssh-keygen -Y verify") as string });
  const gpg = openGnupg();
  try {
    gpg.run(["--import"], registry.certificate);
    expect(gpg.run(["--status-fd", "1", "--verify", gpg.file("sig", version?.signature ?? ""), gpg.file("data", bytes)])).toContain(`VALIDSIG ${registry.fingerprint.toUpperCase()}`);
  } finally {
    gpg.dispose();
  }
  const signers = writeAllowedSigners(slug, await listKeys(deps, slug));
  expect(key.verify(signers, slug, signature, bytes)).toContain(`Good "kos-artifact" signature for ${slug}`);
  expect(() => key.verify(signers, "another", signature, bytes)).toThrow();
  const next = await packPlugin({ id, version: "1.1.0" });
  const nextSignature = key.sign(next);
  const underReview = await submitBytes(deps, { principal: owner, publisher: slug, signature: nextSignature }, "package", next);
  await revokeKey(deps.db, { principal: owner, slug, fingerprint: key.fingerprint.replaceAll("+", "-").replaceAll("/", "_"), reason: "compromised", compromisedSince: null, now: deps.now() });
  await runChecks(deps, { submissionId: underReview.id });
  expect(await deps.db.submission.findUnique({ where: { id: underReview.id } })).toMatchObject({ state: "needs_changes" });
  expect((await readVersion(deps, id, "1.0.0"))?.ladder.find((rung) => rung.rung === "author")).toMatchObject({ state: "missing", statement: expect.stringContaining("compromised") as string });
  const later = await packPlugin({ id, version: "1.2.0" });
  await expect(submitBytes(deps, { principal: owner, publisher: slug, signature: key.sign(later) }, "package", later)).rejects.toMatchObject({ code: "signature-invalid" });
  expect(writeAllowedSigners(slug, await listKeys(deps, slug)), "a key that was never good alone in its hands is not listed").toBe("");
});
