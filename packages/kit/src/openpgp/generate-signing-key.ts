import { generateKey } from "openpgp";
import { readCertificate } from "./read-certificate.ts";
import { STRICT_CONFIG } from "./policy.ts";

export interface SigningKey {
  /** Armored, without a passphrase: whoever holds it signs. */
  privateKey: string;
  publicKey: string;
  /** 40 lower-case hexadecimal digits. */
  fingerprint: string;
  /** Armored; publishing it revokes the key even when the private half is lost. */
  revocationCertificate: string;
}

/**
 * Makes a key that only signs: Ed25519 in the older encoding, since GnuPG 2.2
 * and Sequoia 0.27 do not read algorithm 27. Runs wherever WebCrypto does.
 */
export async function generateSigningKey(userId: { name: string; email: string }): Promise<SigningKey> {
  const pair = await generateKey({
    type: "ecc",
    curve: "curve25519Legacy",
    userIDs: [userId],
    subkeys: [],
    format: "armored",
    config: STRICT_CONFIG,
  });
  const read = await readCertificate(pair.publicKey);
  if (!read.ok) throw new TypeError(`a key that was just made cannot be read: ${read.problem.detail}`);
  return {
    privateKey: pair.privateKey,
    publicKey: pair.publicKey,
    fingerprint: read.key.getFingerprint(),
    revocationCertificate: pair.revocationCertificate,
  };
}
