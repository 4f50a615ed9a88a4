import { verifyFile } from "@kosmarket/inspect";
import type { ProblemView } from "#lib/http/schema.ts";
import type { Tx } from "#lib/platform/index.ts";
import { isCompromisedAt } from "./compromise.ts";

export type SignatureVerdict =
  | { ok: true; /** Primary fingerprint of the registered key. */ fingerprint: string; keyId: string; signedAt: string | null }
  | { ok: false; problems: ProblemView[] };

export interface SignedUpload {
  publisherId: string;
  /** The file that was signed, on this machine's disk. */
  path: string;
  /** What the file is known to hash to, 64 lower-case hex digits; null where nobody has hashed it. */
  sha256: string | null;
  signature: string;
  /** By the registry's own clock: the time inside a signature is the signer's claim. */
  receivedAt: Date;
}

/**
 * Verifies a detached signature over a file with the publisher's keys that were good at `receivedAt`. Throws when the
 * file is no longer the one that was hashed.
 */
export async function verifyPublisherSignature(tx: Tx, input: SignedUpload): Promise<SignatureVerdict> {
  const registered = await tx.signingKey.findMany({ where: { publisherId: input.publisherId, addedAt: { lte: input.receivedAt }, OR: [{ revokedAt: null }, { revokedAt: { gt: input.receivedAt } }] } });
  // A revocation counts from its own time, a compromise from the time that it names.
  const keys = registered.filter((key) => !isCompromisedAt(key, input.receivedAt));
  if (keys.length === 0) return { ok: false, problems: [noKeys()] };
  const { sha256, verdict } = await verifyFile(input.path, { signature: input.signature, certificates: keys.map((key) => key.armored), receivedAt: input.receivedAt });
  if (input.sha256 !== null && sha256 !== input.sha256) throw new Error(`the file whose signature was verified hashes to ${sha256}, not to ${input.sha256}`);
  if (!verdict.ok) return { ok: false, problems: verdict.problems };
  const key = keys.find((candidate) => candidate.fingerprint === verdict.fingerprint || candidate.signingKeys.includes(verdict.fingerprint));
  if (key === undefined) return { ok: false, problems: [noKeys()] };
  return { ok: true, fingerprint: key.fingerprint, keyId: key.id, signedAt: verdict.signedAt };
}

function noKeys(): ProblemView {
  return {
    code: "signature.no-key",
    severity: "B",
    check: "signature",
    file: null,
    line: null,
    column: null,
    pointer: null,
    detail: "The publisher has no registered signing key that is valid now.",
    suggestion: "Register the public key under Keys, or publish without a signature.",
  };
}
