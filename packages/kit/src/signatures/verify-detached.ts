import type { HashName } from "../digest/running-hash.ts";
import { joinBytes } from "../log/bytes.ts";
import { openSignature } from "./open-signature.ts";
import type { SignatureClaim, VerifiedSignature } from "./verified-signature.ts";

export interface VerifyInput extends SignatureClaim {
  /** The exact bytes that were signed. */
  data: Uint8Array;
}

const WEB_NAMES = { sha256: "SHA-256", sha384: "SHA-384", sha512: "SHA-512" } as const satisfies Record<HashName, string>;

/**
 * Verifies exactly one binary detached signature over exactly these bytes by a
 * key that was valid when the server received them. Refuses by named code; never
 * throws for hostile input. For content that streams, see {@link beginVerification}.
 */
export async function verifyDetached({ data, ...claim }: VerifyInput): Promise<VerifiedSignature> {
  const opening = await openSignature(claim);
  if (!opening.ok) return opening;
  const { hash, before, after, conclude } = opening.opened;
  return conclude(new Uint8Array(await crypto.subtle.digest(WEB_NAMES[hash], joinBytes(before, data, after))));
}
