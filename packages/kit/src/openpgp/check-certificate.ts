import type { Key, Subkey } from "openpgp";
import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { isRevokedAt, maySign, vouchesWeakly } from "./key-standing.ts";
import { CLOCK_SKEW_MS, judgeAlgorithm, LENIENT_CONFIG, STRICT_CONFIG } from "./policy.ts";
import { readCertificate } from "./read-certificate.ts";

/** What pages and records say about a publisher's certificate. Times are ISO 8601 in UTC. */
export interface CertificateInfo {
  format: "openpgp";
  /** 40 (version 4) or 64 (version 6) lower-case hexadecimal digits; keys are never told apart by less. */
  fingerprint: string;
  algorithm: string;
  bits: number | null;
  curve: string | null;
  userIds: string[];
  createdAt: string;
  /** Null when it never expires. */
  expiresAt: string | null;
  revoked: boolean;
  /** Public parts only, without others' certifications, in one canonical armor. */
  armored: string;
  subkeys: SubkeyInfo[];
}

export interface SubkeyInfo {
  fingerprint: string;
  algorithm: string;
  createdAt: string;
  expiresAt: string | null;
  canSign: boolean;
}

export type CheckedCertificate = { ok: true; certificate: CertificateInfo } | { ok: false; problems: Problem[] };

/**
 * Decides whether a certificate may be registered: one public certificate with
 * accepted algorithms and hashes, not expired, not revoked, able to sign now.
 *
 * @param armored the text that was sent, `-----BEGIN PGP PUBLIC KEY BLOCK-----`
 * @param now the server's clock
 */
export async function checkCertificate(armored: string, now: Date): Promise<CheckedCertificate> {
  const read = await readCertificate(armored);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  const problems = [
    ...checkCreation(read.key, now),
    ...checkAlgorithms(read.key),
    ...(await checkStanding(read.key, now)),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, certificate: await describeCertificate(read.key, now) };
}

function checkCreation(key: Key, now: Date): Problem[] {
  if (key.getCreationTime().getTime() <= now.getTime() + CLOCK_SKEW_MS) return [];
  return [problem("certificate.from-future", `The key says that it was created at ${key.getCreationTime().toISOString()}.`, "Set the clock of the machine that made it.")];
}

function checkAlgorithms(key: Key): Problem[] {
  return key.getKeys().flatMap((part) => {
    const refusal = judgeAlgorithm(part.getAlgorithmInfo());
    return refusal === null ? [] : [problem(refusal.weakness, refusal.detail, "Make an Ed25519 key, for example with `kos keygen`.")];
  });
}

/** Revoked, expired, weakly self-signed or unable to sign: the first that holds, since each makes the next meaningless. */
async function checkStanding(key: Key, now: Date): Promise<Problem[]> {
  const at = new Date(Math.max(now.getTime(), key.getCreationTime().getTime()));
  if (await isRevokedAt(key, null, at)) return [problem("certificate.revoked", "The certificate carries its own revocation.")];
  const expiresAt = await key.getExpirationTime(undefined, LENIENT_CONFIG);
  if (expiresAt instanceof Date && expiresAt <= now) {
    return [problem("certificate.expired", `The certificate expired at ${expiresAt.toISOString()}.`, "Extend it and export it again.")];
  }
  if (await maySign(key, null, at, STRICT_CONFIG)) return [];
  if (vouchesWeakly(key)) {
    return [problem("certificate.weak-hash", "The certificate vouches for itself with SHA-1 or another broken hash.", "Change its expiry with a current GnuPG, which signs it anew, and export it again.")];
  }
  // A key refused for its algorithm cannot sign for that reason, which has been said.
  if (checkAlgorithms(key).length > 0) return [];
  return [problem("certificate.no-signing-key", "No key of this certificate is valid for signatures.", "Add a signing key and export it again.")];
}

async function describeCertificate(key: Key, now: Date): Promise<CertificateInfo> {
  const info = key.getAlgorithmInfo();
  const expiresAt = await key.getExpirationTime(undefined, STRICT_CONFIG);
  return {
    format: "openpgp",
    fingerprint: key.getFingerprint(),
    algorithm: info.algorithm,
    bits: info.bits ?? null,
    curve: info.curve ?? null,
    userIds: key.getUserIDs(),
    createdAt: key.getCreationTime().toISOString(),
    expiresAt: expiresAt instanceof Date ? expiresAt.toISOString() : null,
    revoked: false,
    armored: armorCanonically(key),
    subkeys: await Promise.all(key.getSubkeys().map((subkey) => describeSubkey(key, subkey, now))),
  };
}

async function describeSubkey(key: Key, subkey: Subkey, now: Date): Promise<SubkeyInfo> {
  const expiresAt = await subkey.getExpirationTime(now, STRICT_CONFIG);
  const signing = await key.getSigningKey(subkey.getKeyID(), now, undefined, STRICT_CONFIG).catch(() => null);
  return {
    fingerprint: subkey.getFingerprint(),
    algorithm: subkey.getAlgorithmInfo().algorithm,
    createdAt: subkey.getCreationTime().toISOString(),
    expiresAt: expiresAt instanceof Date ? expiresAt.toISOString() : null,
    canSign: signing !== null && signing.getFingerprint() === subkey.getFingerprint(),
  };
}

/** Others' certifications are dropped: they prove nothing here and can be flooded. */
function armorCanonically(key: Key): string {
  for (const user of key.users) user.otherCertifications = [];
  return key.toPublic().armor(STRICT_CONFIG);
}

function problem(code: Problem["code"], detail: string, suggestion: string | null = null): Problem {
  return makeProblem({ code, check: "certificate", detail, suggestion });
}
