import type { Key, SignaturePacket, Subkey } from "openpgp";
import { toHex } from "../log/bytes.ts";
import type { Problem } from "../problem.ts";
import { isRevokedAt, maySign, vouchesWeakly } from "./key-standing.ts";
import { CLOCK_SKEW_MS, judgeAlgorithm, LENIENT_CONFIG, STRICT_CONFIG } from "./policy.ts";
import { readCertificate } from "./read-certificate.ts";
import { signatureProblem, stop } from "./step.ts";
import type { Step } from "./step.ts";

export interface Signer {
  certificate: Key;
  /** The primary, or the subkey that signed. */
  key: Key | Subkey;
}

/** When the signature says that it was made. */
export function createdAt(signature: SignaturePacket): Date {
  return signature.created ?? new Date(0);
}

/** Everything but the mathematics: why this key may not have signed this at the time of receipt, or null. */
export async function judgeSigner(signature: SignaturePacket, signer: Signer, receivedAt: Date): Promise<Problem | null> {
  return judgeAlgorithms(signer) ?? judgeTimes(signature, signer, receivedAt) ?? (await judgeStanding(signer, receivedAt));
}

/** A full issuer fingerprint decides; an old signature that names a key id alone is decided by the cryptography. */
export async function findSigner(signature: SignaturePacket, certificates: readonly string[]): Promise<Step<Signer>> {
  const issuer = signature.issuerFingerprint === null ? null : toHex(signature.issuerFingerprint);
  for (const armored of certificates) {
    const read = await readCertificate(armored);
    if (!read.ok) continue;
    const key = read.key.getKeys().find((part) =>
      issuer === null ? part.getKeyID().equals(signature.issuerKeyID) : part.getFingerprint() === issuer,
    );
    if (key !== undefined) return { value: { certificate: read.key, key } };
  }
  const name = issuer ?? signature.issuerKeyID.toHex();
  return stop("signature.unknown-key", `The signature names the key ${name}, which is not registered.`, "Register the certificate, or sign with a registered key.");
}

function judgeAlgorithms({ certificate, key }: Signer): Problem | null {
  const refusal = judgeAlgorithm(certificate.getAlgorithmInfo()) ?? judgeAlgorithm(key.getAlgorithmInfo());
  return refusal === null ? null : signatureProblem("signature.weak-algorithm", refusal.detail, "Make an Ed25519 key, for example with `kos keygen`.");
}

function judgeTimes(signature: SignaturePacket, { certificate, key }: Signer, receivedAt: Date): Problem | null {
  const signedAt = createdAt(signature);
  if (signedAt.getTime() > receivedAt.getTime() + CLOCK_SKEW_MS) {
    return signatureProblem("signature.from-future", `The signature says ${signedAt.toISOString()}; the bytes came at ${receivedAt.toISOString()}.`, "Set the clock of the machine that signs.");
  }
  const born = new Date(Math.max(key.getCreationTime().getTime(), certificate.getCreationTime().getTime()));
  if (signedAt < born) return signatureProblem("signature.backdated", `The signature says ${signedAt.toISOString()}, before its key was made at ${born.toISOString()}.`);
  const expires = signature.getExpirationTime();
  if (expires instanceof Date && expires <= receivedAt) return signatureProblem("signature.expired", `The signature expired at ${expires.toISOString()}.`, "Sign again.");
  return null;
}

/** Judged at the server's receipt, not at the time the signature claims: whoever holds an old key can write any date. */
async function judgeStanding({ certificate, key }: Signer, receivedAt: Date): Promise<Problem | null> {
  const subkey = "mainKey" in key ? key : null;
  const isRevoked = await isRevokedAt(certificate, subkey, receivedAt);
  if (isRevoked) return signatureProblem("signature.key-revoked", "The key was revoked when the bytes came.", "Sign with a key in good standing.");
  const ends = [await certificate.getExpirationTime(undefined, LENIENT_CONFIG), subkey === null ? null : await subkey.getExpirationTime(receivedAt, LENIENT_CONFIG)];
  const ended = ends.find((end) => end instanceof Date && end <= receivedAt);
  if (ended instanceof Date) return signatureProblem("signature.key-expired", `The key expired at ${ended.toISOString()}.`, "Extend the key and register the certificate again, or sign with another.");
  return judgeBinding({ certificate, key }, receivedAt);
}

/** The certificate must vouch, with an accepted hash, that this very key may sign (and a subkey must vouch back). */
async function judgeBinding({ certificate, key }: Signer, receivedAt: Date): Promise<Problem | null> {
  // Without a date first: a self-signature renewed after the receipt still shows what the key was made for.
  for (const date of [null, receivedAt]) if (await maySign(certificate, key, date, STRICT_CONFIG)) return null;
  if (vouchesWeakly(certificate)) {
    return signatureProblem("signature.weak-hash", "The certificate vouches for the key with SHA-1 or another broken hash.", "Renew the certificate's self-signature and register it again.");
  }
  return signatureProblem("signature.weak-algorithm", "The certificate does not allow this key to sign.", "Sign with a key that has the signing capability.");
}
