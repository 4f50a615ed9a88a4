import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { readAttestation, readVersion } from "#lib/catalog/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { verifyAttestation } from "#lib/provenance/index.ts";
import { runChecks, submitPackage } from "#lib/publishing/index.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { makeAttestationWorld, type AttestationInput, type AttestationWorld } from "#tests/support/attestations.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { serviceManifest, withStagedFile } from "#tests/support/packages.ts";
import { approveAndPublish } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const sha256 = createHash("sha256").update("these bytes").digest("hex");
let folder: string;
let ours: AttestationWorld;
let theirs: AttestationWorld;
let deps: TestDeps;
let owner: Principal;
let press: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "kos-root-"));
  [ours, theirs] = await Promise.all([makeAttestationWorld(), makeAttestationWorld()]);
  writeFileSync(join(folder, "root.json"), ours.trustRoot);
  deps = await openTestDeps({ environment: { PROVENANCE_TRUST_ROOT: join(folder, "root.json") } });
  owner = await makePerson(deps);
  press = await makePublisher(deps, owner);
}, 60_000);
afterAll(async () => {
  await deps.close();
  rmSync(folder, { recursive: true, force: true });
});

const verify = (text: string, sentBy: { repositoryId: string; commit: string } | null = null) => verifyAttestation(deps, { text, sha256, sentBy });
const codeOf = (promise: Promise<unknown>) => promise.then(() => "accepted", (error: unknown) => (error instanceof RegistryError ? error.errors?.[0]?.code : String(error)));

type Material = { verificationMaterial: { tlogEntries: Record<string, unknown>[]; certificate?: unknown } };
const inMaterial = (change: (material: Material["verificationMaterial"]) => void) => (made: Record<string, unknown>) => {
  change((made as unknown as Material).verificationMaterial);
  return made;
};

describe("an attestation", () => {
  test("of exactly these bytes holds, and says which build made them", async () => {
    expect(await verify(await ours.attest({ sha256 }))).toMatchObject({ predicateType: "https://slsa.dev/provenance/v1", issuer: "https://token.actions.githubusercontent.com", repository: "https://github.com/tide-works/tide-table", repositoryId: "7001", commit: "3f2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b", ref: "refs/heads/main", event: "push", selfHosted: false });
  });

  test("may be about several files, one of them this one", async () => {
    const subject = [{ name: "other", digest: { sha256: "a".repeat(64) } }, { name: "this", digest: { sha256, sha512: "b".repeat(128) } }];
    expect(await codeOf(verify(await ours.attest({ sha256, statement: { subject } })))).toBe("accepted");
  });

  test.each<[string, string, Partial<AttestationInput>]>([
    ["of other bytes", "attestation.other-subject", { statement: { subject: [{ name: "x", digest: { sha256: "a".repeat(64) } }] } }],
    ["of these bytes by another hash only", "attestation.other-subject", { statement: { subject: [{ name: "x", digest: { sha512: sha256 } }] } }],
    ["of nothing", "attestation.wrong-kind", { statement: { subject: [] } }],
    ["of another predicate", "attestation.wrong-kind", { statement: { predicateType: "https://slsa.dev/provenance/v0.2" } }],
    ["in an older statement", "attestation.wrong-kind", { statement: { _type: "https://in-toto.io/Statement/v0.1" } }],
    ["in another envelope", "attestation.wrong-kind", { payloadType: "text/plain" }],
    ["whose payload was changed after it was signed", "attestation.unverified", { payload: (signed) => ({ ...signed, predicate: { evil: true } }) }],
    ["that is in no log", "attestation.unverified", { bundle: inMaterial((material) => (material.tlogEntries = [])) }],
    ["whose log entry was made for another time", "attestation.unverified", { bundle: inMaterial((material) => (material.tlogEntries[0] = { ...material.tlogEntries[0], integratedTime: "1600000000" })) }],
    ["whose proof of the log was changed", "attestation.unverified", { bundle: inMaterial((material) => (material.tlogEntries[0] = { ...material.tlogEntries[0], canonicalizedBody: Buffer.from("{}").toString("base64") })) }],
    ["with five log entries", "attestation.malformed", { bundle: inMaterial((material) => (material.tlogEntries = Array.from({ length: 5 }, () => material.tlogEntries[0] ?? {}))) }],
    ["signed by a bare key", "attestation.malformed", { bundle: (made) => ({ ...made, verificationMaterial: { ...(made["verificationMaterial"] as object), certificate: undefined, publicKey: { hint: "x" } } }) }],
    ["of a build whose issuer is not trusted", "attestation.identity", { issuer: "https://evil.example" }],
    ["of somebody who is no build", "attestation.identity", { repository: "", repositoryId: "" }],
    ["of a pull request's build", "attestation.event", { event: "pull_request" }],
  ])("%s is refused", async (_what, code, input) => {
    expect(await codeOf(verify(await ours.attest({ sha256, ...input })))).toBe(code);
  });

  test("of another world, with sound signatures and logs of its own, is refused", async () => {
    expect(await codeOf(verify(await theirs.attest({ sha256 })))).toBe("attestation.unverified");
  });

  test("that is none is refused with its reason", async () => {
    expect(await codeOf(verify("nothing"))).toBe("attestation.malformed");
    expect(await codeOf(verify("{}"))).toBe("attestation.malformed");
    expect(await codeOf(verify(`"${"x".repeat(300_000)}"`))).toBe("attestation.too-large");
    expect(await codeOf(verify(JSON.stringify({ mediaType: "application/vnd.dev.sigstore.bundle.v0.3+json", dsseEnvelope: {}, verificationMaterial: { certificate: { rawBytes: "AAAA" } } })))).toMatch(/^attestation\./);
  });

  test("must be of the run that sent the bytes, where one did", async () => {
    const text = await ours.attest({ sha256 });
    const run = { repositoryId: "7001", commit: "3f2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b" };
    expect(await codeOf(verify(text, run))).toBe("accepted");
    expect(await codeOf(verify(text, { ...run, repositoryId: "7002" }))).toBe("attestation.other-run");
    expect(await codeOf(verify(text, { ...run, commit: "0".repeat(40) }))).toBe("attestation.other-run");
  });

  test("is refused where the operator has not said whose count", async () => {
    const text = await ours.attest({ sha256 });
    const nobody = { ...deps, config: { ...deps.config, provenanceTrustRoot: null } };
    expect(await codeOf(verifyAttestation(nobody, { text, sha256, sentBy: null }))).toBe("attestation.no-trust-root");
  });
});

describe("a version", () => {
  const submit = (id: string, attestation: (bytes: Uint8Array) => Promise<string>) => {
    const bytes = serviceManifest(id, "1.0.0");
    return withStagedFile(bytes, async (path) => submitPackage(deps, { principal: owner, publisher: press, part: "manifest", path, signature: null, attestation: await attestation(bytes), unlimited: true }));
  };
  const hash = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

  test("with an attestation shows it beside who sent it, and gives it out as it came", async () => {
    const id = uniqueName("attested");
    let sent = "";
    const submission = await submit(id, async (bytes) => (sent = await ours.attest({ sha256: hash(bytes) })));
    await runChecks(deps, { submissionId: submission.id });
    await approveAndPublish(deps, submission.id);
    const version = await readVersion(deps, id, "1.0.0");
    expect(version?.provenance).toMatchObject({ repository: "https://github.com/tide-works/tide-table", attestationUrl: `http://localhost:3999/api/v1/listings/${id}/versions/1.0.0/attestation.json` });
    expect(version?.ladder.map(({ rung }) => rung)).toEqual(["bytes", "author", "name", "record", "review"]);
    const author = version?.ladder.find(({ rung }) => rung === "author");
    expect(author?.state).toBe("missing");
    expect(author?.evidence).toContainEqual({ label: "Built from", value: "https://github.com/tide-works/tide-table", mono: true });
    expect(await readAttestation(deps, id, "1.0.0")).toBe(sent);
  });

  test("with one that does not hold is not submitted, and leaves no trace", async () => {
    const before = await countTraces(deps);
    expect(await codeOf(submit(uniqueName("forged"), async () => await ours.attest({ sha256: "a".repeat(64) })))).toBe("attestation.other-subject");
    expect(await countTraces(deps)).toEqual(before);
  });
});
