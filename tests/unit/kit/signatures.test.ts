import { checkCertificate, generateSigningKey, signDetached, SigningKeyError, verifyDetached } from "@kosmarket/kit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, readCases, readVector, readVectorText } from "./read-vectors.ts";
import type { SignatureCase } from "./read-vectors.ts";

const cases = readCases<SignatureCase>("signature");
const signatureCases = cases.filter((entry) => entry.kind === "signature");
const certificateCases = cases.filter((entry) => entry.kind === "certificate");

function verifyVector(entry: SignatureCase, signature: string | Uint8Array = readVectorText("signature", entry.file)) {
  return verifyDetached({
    data: readVector("signature", entry.data ?? "data.yaml"),
    signature,
    certificates: (entry.certificates ?? []).map((file) => readVectorText("signature", file)),
    receivedAt: new Date(entry.receivedAt),
  });
}

test.each(signatureCases)("$file: $note", async (entry) => {
  const result = await verifyVector(entry);
  if (entry.code === null) expect(result).toMatchObject({ ok: true, fingerprint: expect.stringMatching(/^[0-9a-f]{40}$/) });
  else expect(result).toMatchObject({ ok: false, problems: [{ code: entry.code, severity: "B" }] });
});

test.each(certificateCases)("$file: $note", async (entry) => {
  const result = await checkCertificate(readVectorText("signature", entry.file), new Date(entry.receivedAt));
  const codes = result.ok ? [] : result.problems.map((problem) => problem.code);
  expect(result.ok).toBe(entry.code === null);
  if (entry.code !== null) expect(codes).toContain(entry.code);
});

test("the corpus refuses in the promised number of ways", () => {
  expect(cases.filter((entry) => entry.code !== null).length).toBeGreaterThanOrEqual(20);
});

test("armored bytes verify as armored text does", async () => {
  const good = signatureCases[0];
  expect(good).toBeDefined();
  if (good !== undefined) expect(await verifyVector(good, bytesOf(readVectorText("signature", good.file)))).toMatchObject({ ok: true });
});

test("a key that signs by a subkey is named by its primary fingerprint", async () => {
  const entry = signatureCases.find((candidate) => candidate.file === "good-subkey.sig.asc");
  expect(entry).toBeDefined();
  if (entry === undefined) return;
  const result = await verifyVector(entry);
  const info = await checkCertificate(readVectorText("signature", "parent.pub.asc"), new Date(entry.receivedAt));
  if (!result.ok || !info.ok) throw new Error("the vector must be good");
  expect(result.fingerprint).toBe(info.certificate.fingerprint);
  expect(info.certificate.subkeys).toEqual([expect.objectContaining({ fingerprint: result.signingFingerprint, canSign: true })]);
});

test("what is made here is accepted here", async () => {
  const key = await generateSigningKey({ name: "Ada", email: "ada@example.com" });
  const data = bytesOf("exactly these bytes\r\n");
  const signature = await signDetached(data, key.privateKey);
  const checked = await checkCertificate(key.publicKey, new Date());
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  expect(checked.certificate).toMatchObject({ fingerprint: key.fingerprint, algorithm: "eddsaLegacy", expiresAt: null, revoked: false, userIds: ["Ada <ada@example.com>"] });
  const input = { signature, certificates: [checked.certificate.armored], receivedAt: new Date() };
  expect(await verifyDetached({ ...input, data })).toMatchObject({ ok: true, fingerprint: key.fingerprint, hash: "sha512" });
  expect(await verifyDetached({ ...input, data: bytesOf("exactly these bytes\n") })).toMatchObject({ ok: false, problems: [{ code: "signature.bad" }] });
});

test("the canonical certificate is canonical again, and never private", async () => {
  const key = await generateSigningKey({ name: "Ada", email: "ada@example.com" });
  const once = await checkCertificate(key.publicKey, new Date());
  const twice = once.ok ? await checkCertificate(once.certificate.armored, new Date()) : once;
  expect(twice).toEqual(once);
  expect(await checkCertificate(key.privateKey, new Date())).toMatchObject({ ok: false, problems: [{ code: "certificate.private-key" }] });
});

test("without a key, nothing is signed", async () => {
  await expect(signDetached(bytesOf("a"), "not a key")).rejects.toThrow(SigningKeyError);
});

test("no altered byte of a signature makes it good for other data", async () => {
  const good = signatureCases[0];
  if (good === undefined) throw new Error("no vector");
  const text = readVectorText("signature", good.file);
  const alteration = fc.tuple(fc.nat(text.length - 1), fc.integer({ min: 0x20, max: 0x7e }));
  await fc.assert(
    fc.asyncProperty(alteration, async ([index, unit]) => {
      const altered = text.slice(0, index) + String.fromCharCode(unit) + text.slice(index + 1);
      const result = await verifyVector({ ...good, data: "other.yaml" }, altered);
      expect(result.ok).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test("arbitrary text and bytes never throw", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 300 })), async (signature) => {
      const result = await verifyDetached({ data: bytesOf("x"), signature, certificates: ["junk"], receivedAt: new Date() });
      expect(result.ok).toBe(false);
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      expect((await checkCertificate(text, new Date())).ok).toBe(false);
    }),
  );
});
