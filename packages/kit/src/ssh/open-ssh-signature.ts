import { equalBytes } from "../log/bytes.ts";
import { makeProblem } from "../problem.ts";
import type { SignatureClaim, SignatureOpening } from "../signatures/verified-signature.ts";
import { parseSshSignature } from "./parse-ssh-signature.ts";
import { readSshKeyLine, sshFingerprint, verifyWithSshKey } from "./public-key.ts";

/** Judges everything about a signature of OpenSSH that does not need the content: its form, and that its key is one of those given. */
export async function openSshSignature(text: string, { certificates }: SignatureClaim): Promise<SignatureOpening> {
  const read = parseSshSignature(text);
  if (!read.ok) return { ok: false, problems: [read.problem] };
  const { key, hash, signature, messageFor } = read.parsed;
  const fingerprint = await sshFingerprint(key);
  const isKnown = certificates.map(readSshKeyLine).some((known) => known.ok && equalBytes(known.key.blob, key.blob));
  if (!isKnown) return refused("signature.unknown-key", `The signature names the key ${fingerprint}, which is not registered.`, "Register the key, or sign with a registered one.");
  return {
    ok: true,
    opened: {
      hash,
      before: new Uint8Array(),
      after: new Uint8Array(),
      conclude: async (digest) =>
        (await verifyWithSshKey(key, signature, messageFor(digest)))
          ? { ok: true, format: "ssh", fingerprint, signingFingerprint: fingerprint, signedAt: null, hash }
          : refused("signature.bad", "The signature was made over other bytes, or by another key than it names.", "Sign the file exactly as it is uploaded."),
    },
  };
}

function refused(code: Parameters<typeof makeProblem>[0]["code"], detail: string, suggestion: string) {
  return { ok: false as const, problems: [makeProblem({ code, check: "signature", detail, suggestion })] };
}
