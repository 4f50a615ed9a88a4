import { openOpenpgpSignature } from "../openpgp/open-signature.ts";
import type { SignatureClaim, SignatureOpening } from "./verified-signature.ts";

/** Judges what can be judged of a signature before its content is read, by the form that it has. */
export async function openSignature(claim: SignatureClaim): Promise<SignatureOpening> {
  return openOpenpgpSignature(claim);
}
