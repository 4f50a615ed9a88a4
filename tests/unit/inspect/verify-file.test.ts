import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beginVerification, generateSigningKey, sha256Hex, signDetached, verifyDetached } from "@kosmarket/kit";
import { verifyFile } from "@kosmarket/inspect";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readCases, readVector, readVectorText } from "../kit/read-vectors.ts";
import { signWithHash } from "../kit/sign-with-hash.ts";
import type { SignatureCase } from "../kit/read-vectors.ts";

const signatureCases = readCases<SignatureCase>("signature").filter((entry) => entry.kind === "signature");
const vectors = join(import.meta.dirname, "../../vectors/signature");

let folder = "";
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "kos-verify-file-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const claimOf = (entry: SignatureCase) => ({
  signature: readVectorText("signature", entry.file),
  certificates: (entry.certificates ?? []).map((file) => readVectorText("signature", file)),
  receivedAt: new Date(entry.receivedAt),
});

test.each(signatureCases)("$file, in one pass: $note", async (entry) => {
  const file = join(vectors, entry.data ?? "data.yaml");
  const { sha256, size, verdict } = await verifyFile(file, claimOf(entry));
  expect(verdict).toEqual(await verifyDetached({ ...claimOf(entry), data: readFileSync(file) }));
  expect({ sha256, size }).toEqual({ sha256: await sha256Hex(readFileSync(file)), size: readFileSync(file).length });
});

test("however the content is cut, digest and verdict are the same", async () => {
  const good = signatureCases[0];
  if (good === undefined) throw new Error("no vector");
  const data = readVector("signature", "data.yaml");
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(data.length), { maxLength: 8 }), async (cuts) => {
      const verification = await beginVerification({ ...claimOf(good), startHash: (name) => createHash(name) });
      const places = [0, ...cuts.sort((a, b) => a - b), data.length];
      for (const [index, end] of places.slice(1).entries()) verification.update(data.subarray(places[index], end));
      expect(await verification.finish()).toMatchObject({ sha256: await sha256Hex(data), size: data.length, verdict: { ok: true } });
    }),
    { numRuns: 50 },
  );
});

test("a file of many parts: each hash signs it, and its last byte counts", async () => {
  const key = await generateSigningKey({ name: "Ada", email: "ada@example.com" });
  const data = Buffer.alloc(3 * 1024 * 1024 + 17, "part");
  const path = join(folder, "large");
  for (const hash of ["sha256", "sha384", "sha512"] as const) {
    const signature = await signWithHash(data, key.privateKey, hash);
    const claim = { signature, certificates: [key.publicKey], receivedAt: new Date() };
    writeFileSync(path, data);
    expect(await verifyFile(path, claim)).toMatchObject({ size: data.length, sha256: createHash("sha256").update(data).digest("hex"), verdict: { ok: true, hash } });
    const altered = Buffer.from(data);
    altered[altered.length - 1] = 0;
    writeFileSync(path, altered);
    expect((await verifyFile(path, claim)).verdict).toMatchObject({ ok: false, problems: [{ code: "signature.bad" }] });
  }
});

test("an empty file is verified too, and one that is missing throws", async () => {
  const key = await generateSigningKey({ name: "Ada", email: "ada@example.com" });
  const claim = { signature: await signDetached(new Uint8Array(), key.privateKey), certificates: [key.publicKey], receivedAt: new Date() };
  writeFileSync(join(folder, "empty"), "");
  expect(await verifyFile(join(folder, "empty"), claim)).toMatchObject({ size: 0, verdict: { ok: true } });
  await expect(verifyFile(join(folder, "missing"), claim)).rejects.toThrow("ENOENT");
});
