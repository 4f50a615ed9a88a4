import type { HashName } from "../digest/running-hash.ts";
import type { Problem } from "../problem.ts";

/** What a signature is held against. */
export interface SignatureClaim {
  /** A detached signature: the armored text of OpenPGP or OpenSSH, its bytes, or OpenPGP's bare packets. */
  signature: string | Uint8Array;
  /** Who may have signed: armored OpenPGP certificates, and lines of OpenSSH public keys. */
  certificates: readonly string[];
  /** When the server received the bytes, by its own clock: the moment at which the key must have been valid. */
  receivedAt: Date;
}

export type VerifiedSignature =
  | {
      ok: true;
      format: "openpgp" | "ssh";
      /** OpenPGP: of the certificate (its primary key), in full, lower-case hexadecimal. OpenSSH: `SHA256:` and base64. */
      fingerprint: string;
      /** Full fingerprint of the key that signed: the primary or a signing subkey. */
      signingFingerprint: string;
      /** The signer's own claim; a signature of OpenSSH makes none. */
      signedAt: string | null;
      /** Such as `sha512`. */
      hash: string;
    }
  | { ok: false; problems: Problem[] };

/**
 * A signature that may hold: its form, key and times are in order, and only the mathematics are left. Its digest is
 * the hash over `before`, the content and `after`.
 */
export interface OpenedSignature {
  hash: HashName;
  before: Uint8Array;
  after: Uint8Array;
  /** Never throws. */
  conclude(digest: Uint8Array): Promise<VerifiedSignature>;
}

export type SignatureOpening = { ok: true; opened: OpenedSignature } | { ok: false; problems: Problem[] };
