import type { HashName } from "../digest/running-hash.ts";
import { fromBase64, joinBytes } from "../log/bytes.ts";
import { makeProblem } from "../problem.ts";
import type { Problem, ProblemInput } from "../problem.ts";
import { readSshKeyBlob } from "./public-key.ts";
import type { SshPublicKey } from "./public-key.ts";
import { WireReader, wireString } from "./read-wire.ts";

/** What an artifact is signed for, so that a signature made for another purpose says nothing here: `ssh-keygen -Y sign -n`. */
export const SSH_NAMESPACE = "kos-artifact";
export const SSH_ARMOR_BEGIN = "-----BEGIN SSH SIGNATURE-----";

const ARMOR_END = "-----END SSH SIGNATURE-----";
const MAX_BYTES = 4096;
const MAGIC = "SSHSIG";

export interface ParsedSshSignature {
  key: SshPublicKey;
  hash: Extract<HashName, "sha256" | "sha512">;
  /** 64 bytes: Ed25519's signature, or r and s of ECDSA side by side. */
  signature: Uint8Array;
  /** The bytes that were signed, once the content's digest is known (PROTOCOL.sshsig, "Signed Data"). */
  messageFor(digest: Uint8Array): Uint8Array;
}

export type ReadSshSignature = { ok: true; parsed: ParsedSshSignature } | { ok: false; problem: Problem };

/** Reads one armored signature of `ssh-keygen -Y sign`: version 1, this registry's namespace, nothing left over. */
export function parseSshSignature(text: string): ReadSshSignature {
  const bytes = unwrap(text);
  if (!(bytes instanceof Uint8Array)) return { ok: false, problem: bytes };
  const reader = new WireReader(bytes);
  const magic = reader.take(MAGIC.length);
  if (magic === null || String.fromCharCode(...magic) !== MAGIC || reader.number() !== 1) return malformed("The armor holds no signature of OpenSSH, version 1.");
  const [blob, namespace, reserved, hash, signed] = [reader.string(), reader.name(), reader.string(), reader.name(), reader.string()];
  if (blob === null || namespace === null || reserved === null || hash === null || signed === null || !reader.isAtEnd) return malformed("The lengths inside the signature do not fit.");
  const read = readSshKeyBlob(blob);
  if (!read.ok) return refuse({ ...read.refusal, check: "signature", suggestion: "Sign with a key of `ssh-keygen -t ed25519`." });
  if (namespace !== SSH_NAMESPACE) return refuse({ code: "signature.wrong-namespace", check: "signature", detail: `The signature was made for \`${namespace.slice(0, 60)}\`, not for \`${SSH_NAMESPACE}\`.`, suggestion: `Sign with \`ssh-keygen -Y sign -n ${SSH_NAMESPACE}\`.` });
  if (hash !== "sha256" && hash !== "sha512") return refuse({ code: "signature.weak-hash", check: "signature", detail: "SHA-256 and SHA-512 are accepted." });
  const signature = readSigned(read.key, signed);
  if (reserved.length > 0 || signature === null) return malformed("The signature is not written as its key signs.");
  return { ok: true, parsed: { key: read.key, hash, signature, messageFor: (digest) => writeMessage(hash, digest) } };
}

/** Exactly one armor, base64 in whole lines, nothing around it but line ends. */
function unwrap(text: string): Uint8Array | Problem {
  const bad = (code: Problem["code"], detail: string) => makeProblem({ code, check: "signature", detail, suggestion: `Make it with \`kos sign\`, or \`ssh-keygen -Y sign -n ${SSH_NAMESPACE}\`.` });
  if (text.includes("PRIVATE KEY-----")) return bad("signature.private-key", "The text holds a private key.");
  if (text.split("-----BEGIN ").length > 2) return bad("signature.multiple", "The text holds more than one armored block.");
  const lines = text.replace(/[\r\n]+$/, "").split(/\r?\n/);
  if (lines[0] !== SSH_ARMOR_BEGIN || lines.at(-1) !== ARMOR_END) return bad("signature.bad-armor", "Text stands around the armor, or its end is missing.");
  const body = lines.slice(1, -1);
  const isWhole = body.every((line, index) => /^[A-Za-z0-9+/]{1,76}={0,2}$/.test(line) && (index === body.length - 1 || line.length === body[0]?.length));
  const bytes = isWhole ? fromBase64(body.join("")) : null;
  return bytes === null || bytes.length === 0 || bytes.length > MAX_BYTES ? bad("signature.bad-armor", "The armor's body is not whole base64.") : bytes;
}

/** The signature proper out of its field: it repeats the key's kind, and nothing follows. */
function readSigned({ algorithm }: SshPublicKey, field: Uint8Array): Uint8Array | null {
  const reader = new WireReader(field);
  if (reader.name() !== algorithm) return null;
  const signature = reader.string();
  if (signature === null || !reader.isAtEnd) return null;
  if (algorithm === "ssh-ed25519") return signature.length === 64 ? signature : null;
  const numbers = new WireReader(signature);
  const [r, s] = [readPositive(numbers), readPositive(numbers)];
  return r === null || s === null || !numbers.isAtEnd ? null : joinBytes(r, s);
}

/** A positive number of at most 32 bytes in its shortest form (RFC 4251 section 5, mpint), padded to 32. */
function readPositive(reader: WireReader): Uint8Array | null {
  const field = reader.string();
  const [first, second] = field ?? [];
  if (field === null || first === undefined || first >= 0x80 || (first === 0 && (second ?? 0) < 0x80)) return null;
  const digits = first === 0 ? field.subarray(1) : field;
  if (digits.length > 32) return null;
  const padded = new Uint8Array(32);
  padded.set(digits, 32 - digits.length);
  return padded;
}

function writeMessage(hash: string, digest: Uint8Array): Uint8Array {
  const text = new TextEncoder();
  return joinBytes(text.encode(MAGIC), wireString(text.encode(SSH_NAMESPACE)), wireString(new Uint8Array()), wireString(text.encode(hash)), wireString(digest));
}

function malformed(detail: string): ReadSshSignature {
  return refuse({ code: "signature.malformed", check: "signature", detail });
}

function refuse(problem: ProblemInput): ReadSshSignature {
  return { ok: false, problem: makeProblem(problem) };
}
