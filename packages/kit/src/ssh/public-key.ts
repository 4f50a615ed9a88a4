import { fromBase64, joinBytes, toBase64 } from "../log/bytes.ts";
import type { ProblemCode } from "../problem-codes.ts";
import { WireReader } from "./read-wire.ts";

export type SshAlgorithm = "ssh-ed25519" | "ecdsa-sha2-nistp256";

/** A public key of OpenSSH in an accepted kind. */
export interface SshPublicKey {
  algorithm: SshAlgorithm;
  /** The whole key as OpenSSH writes it into its messages: what the fingerprint is over. */
  blob: Uint8Array;
  /** For Ed25519 32 bytes, for ECDSA the uncompressed point of 65. */
  point: Uint8Array;
}

export interface SshRefusal {
  code: Extract<ProblemCode, `ssh-key.${string}`>;
  detail: string;
}

export type ReadSshKey = { ok: true; key: SshPublicKey } | { ok: false; refusal: SshRefusal };

const NIST_P256 = "nistp256";

/** Reads a public key's message; every length must fit and nothing may follow. Refuses other kinds by the rule that each breaks. */
export function readSshKeyBlob(blob: Uint8Array): ReadSshKey {
  const reader = new WireReader(blob);
  const kind = reader.name();
  if (kind === null) return malformed("The key does not begin with the name of its kind.");
  const refusal = judgeKind(kind);
  if (refusal !== null) return { ok: false, refusal };
  if (kind === "ssh-ed25519") return readPoint(reader, kind, blob, 32);
  return reader.name() === NIST_P256 ? readPoint(reader, "ecdsa-sha2-nistp256", blob, 65) : malformed(`A key of the kind \`${kind}\` is on the curve nistp256.`);
}

/** Why a kind of key is not accepted, as OpenSSH names it; null for the two that are. */
function judgeKind(kind: string): SshRefusal | null {
  if (kind === "ssh-ed25519" || kind === "ecdsa-sha2-nistp256") return null;
  const shown = kind.slice(0, 60);
  if (kind.includes("-cert-")) return { code: "ssh-key.certificate", detail: `\`${shown}\` is a certificate: who may sign is decided by the keys that are registered here, not by a certificate authority.` };
  if (kind.startsWith("sk-")) return { code: "ssh-key.security-key", detail: `\`${shown}\` signs with a counter and flags of its own, which other verifiers of this registry's artifacts do not read.` };
  if (kind === "ssh-rsa" || kind.startsWith("rsa-sha2-")) return { code: "ssh-key.rsa", detail: "RSA keys are accepted as OpenPGP only, where their length and use are stated." };
  return { code: "ssh-key.algorithm", detail: `Keys of the kind \`${shown}\` are not accepted; \`ssh-ed25519\` and \`ecdsa-sha2-nistp256\` are.` };
}

function readPoint(reader: WireReader, algorithm: SshAlgorithm, blob: Uint8Array, length: number): ReadSshKey {
  const point = reader.string();
  if (point?.length !== length || !reader.isAtEnd) return malformed(`A key of the kind \`${algorithm}\` holds ${length} bytes and nothing more.`);
  if (length === 65 && point[0] !== 4) return malformed("The point of the key is not written out in full.");
  return { ok: true, key: { algorithm, blob, point } };
}

/** The line that `ssh-keygen` writes into a `.pub` file, without its comment, which often names a person and a machine. */
export function writeSshKeyLine({ algorithm, blob }: SshPublicKey): string {
  return `${algorithm} ${toBase64(blob)}`;
}

/** Reads such a line, with or without a comment. Nothing may stand before it: options belong into `authorized_keys`. */
export function readSshKeyLine(line: string): ReadSshKey {
  if (line.includes("PRIVATE KEY")) return { ok: false, refusal: { code: "ssh-key.private-key", detail: "The text holds a private key." } };
  const [, kind = "", base64 = ""] = /^([a-z0-9@.-]{1,80}) ([A-Za-z0-9+/]{1,8000}={0,2})(?: [^\r\n\0]{0,1000})?\r?\n?$/.exec(line) ?? [];
  const blob = fromBase64(base64);
  if (kind === "" || blob === null) return malformed("The text is not one line of the form `ssh-ed25519 AAAA… comment`.");
  const refusal = judgeKind(kind);
  if (refusal !== null) return { ok: false, refusal };
  const read = readSshKeyBlob(blob);
  return read.ok && read.key.algorithm !== kind ? malformed(`The line says \`${kind}\`, the key inside \`${read.key.algorithm}\`.`) : read;
}

/** As `ssh-keygen -l` prints it: `SHA256:` and 43 characters of base64. */
export async function sshFingerprint(key: SshPublicKey): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", joinBytes(key.blob)));
  return `SHA256:${toBase64(digest).replace(/=+$/, "")}`;
}

/** Whether these 64 bytes, or the two numbers of ECDSA side by side, are the key's signature over the message. */
export async function verifyWithSshKey(key: SshPublicKey, signature: Uint8Array, message: Uint8Array): Promise<boolean> {
  const [imported, used] = key.algorithm === "ssh-ed25519" ? (["Ed25519", "Ed25519"] as const) : ([{ name: "ECDSA", namedCurve: "P-256" }, { name: "ECDSA", hash: "SHA-256" }] as const);
  try {
    const platformKey = await crypto.subtle.importKey("raw", joinBytes(key.point), imported, false, ["verify"]);
    return await crypto.subtle.verify(used, platformKey, joinBytes(signature), joinBytes(message));
  } catch {
    // A point that is not on the curve.
    return false;
  }
}

function malformed(detail: string): ReadSshKey {
  return { ok: false, refusal: { code: "ssh-key.malformed", detail } };
}
