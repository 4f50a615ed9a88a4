import { openOpenpgpSignature } from "../openpgp/open-signature.ts";
import { openSshSignature } from "../ssh/open-ssh-signature.ts";
import { SSH_ARMOR_BEGIN } from "../ssh/parse-ssh-signature.ts";
import type { SignatureClaim, SignatureOpening } from "./verified-signature.ts";

/** An OpenSSH signature has some 300 bytes; what is longer is left to the limit of the other form. */
const MAX_SSH_BYTES = 8192;

/** Judges what can be judged of a signature before its content is read, by the form that it has. */
export async function openSignature(claim: SignatureClaim): Promise<SignatureOpening> {
  const text = asText(claim.signature);
  return isSshSignature(text) && text.length <= MAX_SSH_BYTES ? openSshSignature(text, claim) : openOpenpgpSignature(claim);
}

/** Whether a signature claims to be OpenSSH's rather than OpenPGP's. */
export function isSshSignature(signature: string): boolean {
  return signature.includes(SSH_ARMOR_BEGIN) && !signature.includes("-----BEGIN PGP ");
}

function asText(signature: string | Uint8Array): string {
  return typeof signature === "string" ? signature : new TextDecoder("utf-8").decode(signature.subarray(0, MAX_SSH_BYTES + 1));
}
