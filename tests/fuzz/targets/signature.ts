import { verifyDetached } from "@kosmarket/kit";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCorpus, readVector, type SignatureCase } from "#tests/support/read-corpus.ts";
import { mutateBytes } from "../mutate-bytes.ts";
import type { Random } from "../random.ts";
import type { Target } from "../target.ts";

/** Signatures: no exception, no changed data under a signature, and nothing accepted that GnuPG refuses over the same bytes. */
export function signatureTarget(): Target {
  const home = mkdtempSync(join(tmpdir(), "fuzz-signature-"));
  const cases = readCorpus<SignatureCase>("signature").filter(({ kind }) => kind === "signature");
  const certificates = [...new Set(cases.flatMap((one) => one.certificates ?? []))].map((file) => readVector("signature", file).toString("latin1"));
  const data = readVector("signature", "data.yaml");
  const receivedAt = new Date("2026-03-01T00:00:00.000Z");
  const keyring = makeKeyring(home, certificates);
  return {
    seeds: cases.map(({ file }) => readVector("signature", file)),
    mutate: (random, input, other) => (random.chance(0.7) ? mutateArmor(random, input, other) : mutateBytes(random, input, other)),
    async judge(input) {
      const result = await verifyDetached({ data, signature: input.toString("latin1"), certificates, receivedAt });
      if (!result.ok) return { accepted: false, finding: result.problems.length === 0 ? "refused without a reason" : null };
      const changed = await verifyDetached({ data: Buffer.concat([data, Buffer.from(" ")]), signature: input.toString("latin1"), certificates, receivedAt });
      if (changed.ok) return { accepted: true, finding: "the signature holds over other bytes too" };
      return { accepted: true, finding: keyring === null || gnupgAccepts(home, keyring, input, data) ? null : "GnuPG refuses it" };
    },
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

// The payload is changed under an armor that is made right again, checksum included: damage would stop at the armor otherwise.
function mutateArmor(random: Random, input: Buffer, other: Buffer): Buffer {
  const payload = payloadOf(input);
  if (payload === null) return mutateBytes(random, input, other);
  const changed = mutateBytes(random, payload, payloadOf(other) ?? payload);
  const lines = changed.toString("base64").replace(/.{64}/g, "$&\n");
  return Buffer.from(`-----BEGIN PGP SIGNATURE-----\n\n${lines}\n-----END PGP SIGNATURE-----\n`);
}

function payloadOf(armored: Buffer): Buffer | null {
  const body = /-----BEGIN PGP SIGNATURE-----\r?\n(?:[^\r\n]+\r?\n)*\r?\n([A-Za-z0-9+/=\r\n]+?)(?:\r?\n=[A-Za-z0-9+/]{4})?\r?\n-----END/.exec(armored.toString("latin1"))?.[1];
  return body === undefined ? null : Buffer.from(body, "base64");
}

function makeKeyring(home: string, certificates: readonly string[]): string | null {
  const keyring = join(home, "keyring.gpg");
  const binary = certificates.map((armored) => spawnSync("gpg", ["--batch", "--quiet", "--homedir", home, "--dearmor"], { input: armored }));
  if (binary.some(({ status }) => status !== 0)) return null;
  writeFileSync(keyring, Buffer.concat(binary.map(({ stdout }) => stdout)));
  return keyring;
}

function gnupgAccepts(home: string, keyring: string, signature: Buffer, data: Buffer): boolean {
  writeFileSync(join(home, "fuzz.asc"), signature);
  writeFileSync(join(home, "fuzz.data"), data);
  const { stdout } = spawnSync("gpgv", ["--status-fd", "1", "--homedir", home, "--keyring", keyring, join(home, "fuzz.asc"), join(home, "fuzz.data")], { encoding: "utf8" });
  return /^\[GNUPG:\] (?:GOODSIG|EXPKEYSIG|REVKEYSIG|EXPSIG) /m.test(stdout);
}
