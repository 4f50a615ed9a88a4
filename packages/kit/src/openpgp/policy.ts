import { config, enums } from "openpgp";
import type { AlgorithmInfo, Config } from "openpgp";
import type { ProblemCode } from "../problem-codes.ts";

/** Clocks of publishers may run ahead of ours by this much. */
export const CLOCK_SKEW_MS = 5 * 60 * 1000;
/** Armored certificates and signatures larger than this are not looked at. */
export const MAX_CERTIFICATE_BYTES = 256 * 1024;
export const MAX_SIGNATURE_BYTES = 64 * 1024;

const MIN_RSA_BITS = 3072;
/** Larger moduli only cost the verifier time. */
const MAX_RSA_BITS = 16384;

/** Hashes whose collisions are practical, or too short to trust for years. */
const REFUSED_HASHES: ReadonlySet<enums.hash> = new Set([enums.hash.md5, enums.hash.sha1, enums.hash.ripemd, enums.hash.sha224]);

const ACCEPTED_ALGORITHMS: ReadonlySet<string> = new Set([
  "rsaEncryptSign", "rsaSign", "rsaEncrypt", "ecdsa", "ecdh", "eddsaLegacy", "ed25519", "ed448", "x25519", "x448",
]);

/**
 * What is verified with: OpenPGP.js accepts SHA-1 self-signatures, RSA of 2047
 * bits and unparseable packets by default.
 */
export const STRICT_CONFIG: Config = {
  ...config,
  rejectHashAlgorithms: new Set(REFUSED_HASHES),
  rejectMessageHashAlgorithms: new Set(REFUSED_HASHES),
  minRSABits: MIN_RSA_BITS,
  ignoreUnsupportedPackets: false,
  ignoreMalformedPackets: false,
  showVersion: false,
  showComment: false,
};

/**
 * Used for two questions only: is a refusal due to a weak hash, and is the key
 * revoked (a revocation counts however weakly it is signed).
 */
export const LENIENT_CONFIG: Config = {
  ...STRICT_CONFIG,
  rejectHashAlgorithms: new Set(),
  rejectMessageHashAlgorithms: new Set(),
  rejectPublicKeyAlgorithms: new Set(),
  rejectCurves: new Set(),
  minRSABits: 0,
};

export function isAcceptedHash(hash: enums.hash | null): boolean {
  return hash !== null && !REFUSED_HASHES.has(hash);
}

export interface AlgorithmRefusal {
  weakness: Extract<ProblemCode, "certificate.weak-rsa" | "certificate.weak-algorithm">;
  detail: string;
}

/** Why a key of this kind is not accepted, or null. */
export function judgeAlgorithm(info: AlgorithmInfo): AlgorithmRefusal | null {
  if (!ACCEPTED_ALGORITHMS.has(info.algorithm)) {
    return { weakness: "certificate.weak-algorithm", detail: `Keys of the kind \`${info.algorithm}\` are not accepted.` };
  }
  if (info.curve === "secp256k1") {
    return { weakness: "certificate.weak-algorithm", detail: "Keys on the curve `secp256k1` are not accepted." };
  }
  if (info.algorithm.startsWith("rsa") && (info.bits ?? 0) < MIN_RSA_BITS) {
    return { weakness: "certificate.weak-rsa", detail: `The RSA key has ${info.bits ?? 0} bits; at least ${MIN_RSA_BITS} are needed.` };
  }
  if (info.algorithm.startsWith("rsa") && (info.bits ?? 0) > MAX_RSA_BITS) {
    return { weakness: "certificate.weak-algorithm", detail: `RSA keys of more than ${MAX_RSA_BITS} bits are not accepted.` };
  }
  return null;
}
