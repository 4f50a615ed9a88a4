import { checkCertificate, checkSshKey, type CertificateInfo, type SshKeyInfo } from "@kosmarket/kit";
import { keyInvalid } from "./errors.ts";

/** A public key as it was sent. */
export interface SentKey {
  format: "openpgp" | "ssh";
  /** The armored certificate, or the line of a `.pub` file. */
  key: string;
}

/** What the table keeps of a key. */
export type KeyFacts = ReturnType<typeof certificateFacts>;

/** Judges a key that was sent. Throws `key-invalid` (422) with every fault. */
export async function readSentKey({ format, key }: SentKey, now: Date): Promise<KeyFacts> {
  if (format === "ssh") {
    const checked = await checkSshKey(key);
    if (!checked.ok) throw keyInvalid(checked.problems);
    return sshFacts(checked.key, now);
  }
  const checked = await checkCertificate(key, now);
  if (!checked.ok) throw keyInvalid(checked.problems);
  return certificateFacts(checked.certificate);
}

function certificateFacts(certificate: CertificateInfo) {
  return {
    format: certificate.format as string,
    fingerprint: certificate.fingerprint,
    signingKeys: [certificate.fingerprint, ...certificate.subkeys.filter((subkey) => subkey.canSign).map((subkey) => subkey.fingerprint)],
    armored: certificate.armored,
    algorithm: certificate.algorithm,
    bits: certificate.bits,
    curve: certificate.curve,
    userIds: certificate.userIds,
    keyCreatedAt: new Date(certificate.createdAt),
    keyExpiresAt: certificate.expiresAt === null ? null : new Date(certificate.expiresAt),
  };
}

/** An OpenSSH key has no date of its own: it counts from its registration. */
function sshFacts(key: SshKeyInfo, now: Date): KeyFacts {
  return { format: key.format, fingerprint: key.fingerprint, signingKeys: [key.fingerprint], armored: key.line, algorithm: key.algorithm, bits: key.bits, curve: key.curve, userIds: [], keyCreatedAt: now, keyExpiresAt: null };
}

/** A fingerprint as an address carries it: hexadecimal digits of either case; base64 with `-` and `_` where a path has no `+` and `/`. */
export function normaliseFingerprint(text: string): string {
  return text.startsWith("SHA256:") ? text.replaceAll("-", "+").replaceAll("_", "/") : text.toLowerCase();
}
