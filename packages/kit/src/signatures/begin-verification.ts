import type { RunningHash, StartHash } from "../digest/running-hash.ts";
import { toHex } from "../log/bytes.ts";
import { openSignature } from "./open-signature.ts";
import type { OpenedSignature, SignatureClaim, VerifiedSignature } from "./verified-signature.ts";

/** Content on its way past: hashed once, for its own digest and for its signature. */
export interface ContentVerification {
  /** Takes the next bytes of the content, in order. */
  update(bytes: Uint8Array): void;
  /** After the last byte, once. */
  finish(): Promise<VerifiedContent>;
}

export interface VerifiedContent {
  /** Of the whole content, 64 lower-case hexadecimal digits, whether the signature holds or not. */
  sha256: string;
  /** In bytes. */
  size: number;
  verdict: VerifiedSignature;
}

/**
 * Verifies a detached signature while its content streams past once. The digest that was signed is the hash over the
 * content and a few bytes more, so a signature with SHA-256 costs no second hash; one with SHA-384 or SHA-512 does.
 *
 * @param startHash the platform's own hashes, since WebCrypto has none that takes parts
 */
export async function beginVerification({ startHash, ...claim }: SignatureClaim & { startHash: StartHash }): Promise<ContentVerification> {
  const opening = await openSignature(claim);
  const content = startHash("sha256");
  const signed = opening.ok ? startSigned(opening.opened, content, startHash) : content;
  let size = 0;
  return {
    update(bytes) {
      size += bytes.length;
      content.update(bytes);
      if (signed !== content) signed.update(bytes);
    },
    finish: async () => {
      const verdict = opening.ok ? await conclude(opening.opened, signed.copy()) : opening;
      return { sha256: toHex(content.digest()), size, verdict };
    },
  };
}

/** Where the digest is SHA-256 over the content first, its state is the content's own until the last byte. */
function startSigned({ hash, before }: OpenedSignature, content: RunningHash, startHash: StartHash): RunningHash {
  if (hash === "sha256" && before.length === 0) return content;
  const signed = startHash(hash);
  signed.update(before);
  return signed;
}

function conclude(opened: OpenedSignature, signed: RunningHash): Promise<VerifiedSignature> {
  signed.update(opened.after);
  return opened.conclude(signed.digest());
}
