import { enums } from "openpgp";
import type { SignaturePacket } from "openpgp";
import type { Problem } from "../problem.ts";
import type { SignatureClaim, SignatureOpening, VerifiedSignature } from "../signatures/verified-signature.ts";
import { createdAt, findSigner, judgeSigner } from "./judge-signer.ts";
import type { Signer } from "./judge-signer.ts";
import { parseSignature } from "./parse-signature.ts";
import { STRICT_CONFIG } from "./policy.ts";
import { signatureProblem } from "./step.ts";

/**
 * Judges everything about an OpenPGP signature that does not need the content: its form, who made it, whether that
 * key was good when the content was received. Refuses by named code; never throws for hostile input.
 */
export async function openOpenpgpSignature({ signature, certificates, receivedAt }: SignatureClaim): Promise<SignatureOpening> {
  const parsed = await parseSignature(signature);
  if ("problem" in parsed) return refused(parsed.problem);
  const { packet, hash, before, after } = parsed.value;
  const signer = await findSigner(packet, certificates);
  if ("problem" in signer) return refused(signer.problem);
  const problem = await judgeSigner(packet, signer.value, receivedAt);
  if (problem !== null) return refused(problem);
  return { ok: true, opened: { hash, before, after, conclude: (digest) => conclude(packet, signer.value, receivedAt, digest) } };
}

async function conclude(packet: SignaturePacket, signer: Signer, receivedAt: Date, digest: Uint8Array): Promise<VerifiedSignature> {
  const at = new Date(Math.max(receivedAt.getTime(), createdAt(packet).getTime()));
  try {
    // OpenPGP.js hashes only where a packet has no digest yet (SignaturePacket.verify); its own hash is thirty times slower.
    const hashed = Object.assign(packet, { hashed: fitToCurve(digest, signer) });
    await hashed.verify(signer.key.keyPacket, enums.signature.binary, new Uint8Array(), at, true, STRICT_CONFIG);
  } catch {
    return refused(signatureProblem("signature.bad", "The signature was made over other bytes, or by another key than it names.", "Sign the file exactly as it is uploaded."));
  }
  return {
    ok: true,
    format: "openpgp",
    fingerprint: signer.certificate.getFingerprint(),
    signingFingerprint: signer.key.getFingerprint(),
    signedAt: createdAt(packet).toISOString(),
    hash: enums.read(enums.hash, packet.hashAlgorithm ?? enums.hash.sha256),
  };
}

const CURVE_BYTES: Readonly<Record<string, number>> = { nistP256: 32, nistP384: 48, brainpoolP256r1: 32, brainpoolP384r1: 48 };

/**
 * ECDSA reads no more of a digest than its curve is long. OpenPGP.js also tries a digest without its leading zero
 * byte, for signatures of its own old versions that GnuPG refuses; on a digest cut to the curve that is the same number.
 */
function fitToCurve(digest: Uint8Array, { key }: Signer): Uint8Array {
  const { algorithm, curve } = key.getAlgorithmInfo();
  return algorithm === "ecdsa" ? digest.subarray(0, CURVE_BYTES[curve ?? ""] ?? digest.length) : digest;
}

function refused(problem: Problem): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [problem] };
}
