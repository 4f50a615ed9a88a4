import { verifyDetached } from "@kosmarket/kit";
import type { ProblemView } from "#lib/http/schema.ts";
import type { Tx } from "#lib/platform/index.ts";

export type SignatureVerdict =
  | { ok: true; /** Primary fingerprint of the registered key. */ fingerprint: string; keyId: string; signedAt: string }
  | { ok: false; problems: ProblemView[] };

/**
 * Verifies a detached signature over `bytes` with the publisher's keys that were good at `receivedAt`, the
 * registry's own clock: the time inside a signature is the signer's claim.
 */
export async function verifyPublisherSignature(tx: Tx, input: { publisherId: string; bytes: Uint8Array; signature: string; receivedAt: Date }): Promise<SignatureVerdict> {
  const keys = await tx.signingKey.findMany({ where: { publisherId: input.publisherId, addedAt: { lte: input.receivedAt }, OR: [{ revokedAt: null }, { revokedAt: { gt: input.receivedAt } }] } });
  if (keys.length === 0) return { ok: false, problems: [noKeys()] };
  const verdict = await verifyDetached({ data: input.bytes, signature: input.signature, certificates: keys.map((key) => key.armored), receivedAt: input.receivedAt });
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
