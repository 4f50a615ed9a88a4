import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { readSshKeyLine, sshFingerprint, writeSshKeyLine } from "./public-key.ts";
import type { SshAlgorithm } from "./public-key.ts";

/** What pages and records say about a publisher's OpenSSH key. It has no user id, no expiry and no date of its own. */
export interface SshKeyInfo {
  format: "ssh";
  /** `SHA256:` and 43 characters of base64, as `ssh-keygen -l` prints it. */
  fingerprint: string;
  algorithm: SshAlgorithm;
  bits: number;
  curve: string;
  /** The key in one line, without its comment. */
  line: string;
}

export type CheckedSshKey = { ok: true; key: SshKeyInfo } | { ok: false; problems: Problem[] };

/** Decides whether an OpenSSH public key may be registered: one line, Ed25519 or ECDSA on P-256, no certificate, no security key. */
export async function checkSshKey(line: string): Promise<CheckedSshKey> {
  const read = readSshKeyLine(line);
  if (!read.ok) return { ok: false, problems: [makeProblem({ ...read.refusal, check: "certificate", suggestion: suggestionFor(read.refusal.code) })] };
  const { algorithm } = read.key;
  return { ok: true, key: { format: "ssh", fingerprint: await sshFingerprint(read.key), algorithm, bits: 256, curve: algorithm === "ssh-ed25519" ? "ed25519" : "nistP256", line: writeSshKeyLine(read.key) } };
}

function suggestionFor(code: Problem["code"]): string {
  if (code === "ssh-key.private-key") return "Make a new key: a private key that was sent is no longer private.";
  return code === "ssh-key.malformed" ? "Send the `.pub` file that `ssh-keygen` wrote." : "Make one with `ssh-keygen -t ed25519`.";
}
