import type { Config, Key, SignaturePacket, Subkey } from "openpgp";
import { isAcceptedHash, LENIENT_CONFIG } from "./policy.ts";

/**
 * True when the certificate, or the given subkey of it, was revoked at a moment
 * (a compromise counts from the beginning). A revocation that is signed too
 * weakly to be verified counts too: ignoring it would be the greater harm.
 */
export async function isRevokedAt(certificate: Key, subkey: Subkey | null, at: Date): Promise<boolean> {
  if (hasWeakRevocation(certificate.revocationSignatures)) return true;
  if (await certificate.isRevoked(undefined, undefined, at, LENIENT_CONFIG)) return true;
  if (subkey === null || subkey.revocationSignatures.length === 0) return false;
  // The second argument is the key that revokes: the primary, not the subkey.
  const binding = subkey.bindingSignatures[0];
  return hasWeakRevocation(subkey.revocationSignatures) || (binding !== undefined && subkey.isRevoked(binding, certificate.keyPacket, at, LENIENT_CONFIG));
}

/** True when the certificate vouches that this key (any of its keys, without one) may sign at a moment; null asks regardless of time. */
export async function maySign(certificate: Key, key: Key | Subkey | null, at: Date | null, config: Config): Promise<boolean> {
  const found = await certificate.getSigningKey(key?.getKeyID(), at, undefined, config).catch(() => null);
  return found !== null && (key === null || found.getFingerprint() === key.getFingerprint());
}

/**
 * True when a part of the certificate has no self-signature with an accepted
 * hash. Asked of the packets: OpenPGP.js will not even try SHA-1 with EdDSA.
 */
export function vouchesWeakly(certificate: Key): boolean {
  const parts = [...certificate.users.map((user) => user.selfCertifications), ...certificate.subkeys.map((subkey) => subkey.bindingSignatures)];
  return parts.some((signatures) => signatures.length > 0 && !signatures.some((signature) => isAcceptedHash(signature.hashAlgorithm)));
}

function hasWeakRevocation(revocations: readonly SignaturePacket[]): boolean {
  return revocations.some((revocation) => !isAcceptedHash(revocation.hashAlgorithm));
}
