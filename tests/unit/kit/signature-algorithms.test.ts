import { checkCertificate, verifyDetached } from "@kosmarket/kit";
import { generateKey } from "openpgp";
import { describe, expect, test } from "vitest";
import { bytesOf } from "./read-vectors.ts";
import { signWithHash } from "./sign-with-hash.ts";

const data = bytesOf("one: file\r\n");
const HASHES = ["sha256", "sha384", "sha512"] as const;

/** Every kind of key that may sign, made by OpenPGP.js; RSA, which takes long to make, is among the vectors. */
const KINDS = [
  { name: "Ed25519, algorithm 22", make: { type: "ecc", curve: "curve25519Legacy" }, algorithm: "eddsaLegacy" },
  { name: "Ed25519, algorithm 27", make: { type: "curve25519" }, algorithm: "ed25519" },
  { name: "Ed25519 of version 6", make: { type: "curve25519", config: { v6Keys: true } }, algorithm: "ed25519" },
  { name: "NIST P-256", make: { type: "ecc", curve: "nistP256" }, algorithm: "ecdsa" },
  { name: "NIST P-384", make: { type: "ecc", curve: "nistP384" }, algorithm: "ecdsa" },
  { name: "NIST P-521", make: { type: "ecc", curve: "nistP521" }, algorithm: "ecdsa" },
] as const;

describe.each(KINDS)("$name", ({ make, algorithm }) => {
  test("signs with every accepted hash, and not for one bit more or less", async () => {
    const pair = await generateKey({ ...make, userIDs: [{ name: "Ada", email: "ada@example.com" }], subkeys: [], format: "armored" });
    const checked = await checkCertificate(pair.publicKey, new Date());
    expect(checked).toMatchObject({ ok: true, certificate: { algorithm } });
    for (const wanted of HASHES) {
      const signature = await signWithHash(data, pair.privateKey, wanted);
      const claim = { signature, certificates: [pair.publicKey], receivedAt: new Date() };
      const verdict = await verifyDetached({ ...claim, data });
      expect(verdict).toMatchObject({ ok: true, hash: wanted, fingerprint: expect.stringMatching(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/) });
      const altered = Uint8Array.from(data, (byte, place) => (place === 3 ? byte ^ 1 : byte));
      for (const other of [altered, data.subarray(1), new Uint8Array()]) {
        expect(await verifyDetached({ ...claim, data: other })).toMatchObject({ ok: false, problems: [{ code: "signature.bad" }] });
      }
    }
  });
});
