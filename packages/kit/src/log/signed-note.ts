import { equalBytes, fromBase64, fromHex, joinBytes, toBase64, toHex } from "./bytes.ts";

/** Signature type of Ed25519 in a note (C2SP signed-note). */
const ED25519 = 1;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const ID_BYTES = 4;
const MOST_SIGNATURES = 100;

export interface NoteSignature {
  name: string;
  /** First four bytes of the key's hash, as hexadecimal digits. */
  keyId: string;
  signature: Uint8Array<ArrayBuffer>;
}

export interface SignedNote {
  /** What is signed, with the line end that closes it. */
  text: string;
  signatures: NoteSignature[];
}

/** Splits a note at its last empty line; null when it is not one (C2SP signed-note). */
export function parseNote(note: string): SignedNote | null {
  const split = note.lastIndexOf("\n\n");
  // Control characters other than the line end have no place in a note.
  if (split === -1 || !note.endsWith("\n") || [...note].some((letter) => letter < " " && letter !== "\n")) return null;
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > MOST_SIGNATURES) return null;
  const signatures = lines.map(parseSignature);
  return signatures.every((signature) => signature !== null) ? { text: note.slice(0, split + 1), signatures } : null;
}

function parseSignature(line: string): NoteSignature | null {
  const match = /^— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
  const bytes = fromBase64(match?.[2] ?? "-");
  if (match?.[1] === undefined || bytes === null || bytes.length <= ID_BYTES) return null;
  return { name: match[1], keyId: toHex(bytes.subarray(0, ID_BYTES)), signature: bytes.slice(ID_BYTES) };
}

/** One signature line, with its line end. */
export function noteSignatureLine({ name, keyId, signature }: NoteSignature): string {
  return `— ${name} ${toBase64(joinBytes(fromHex(keyId) ?? new Uint8Array(0), signature))}\n`;
}

export interface NoteVerifier {
  name: string;
  keyId: string;
  publicKey: Uint8Array<ArrayBuffer>;
}

/** The verifier of an Ed25519 key under a name: its id is a hash over both. */
export async function noteVerifier(name: string, publicKey: Uint8Array): Promise<NoteVerifier> {
  const digest = await crypto.subtle.digest("SHA-256", joinBytes(new TextEncoder().encode(`${name}\n`), Uint8Array.of(ED25519), publicKey));
  return { name, keyId: toHex(new Uint8Array(digest).subarray(0, ID_BYTES)), publicKey: joinBytes(publicKey) };
}

/** The verifier as one line, `<name>+<key id>+<base64>`: what a person hands to another out of band. */
export function writeVerifierKey({ name, keyId, publicKey }: NoteVerifier): string {
  return `${name}+${keyId}+${toBase64(joinBytes(Uint8Array.of(ED25519), publicKey))}`;
}

/** Reads that line; null when it is malformed, of another algorithm, or its id is not its own. */
export async function parseVerifierKey(line: string): Promise<NoteVerifier | null> {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(line);
  const bytes = fromBase64(match?.[3] ?? "-");
  if (match?.[1] === undefined || bytes?.[0] !== ED25519 || bytes.length !== 1 + KEY_BYTES) return null;
  const verifier = await noteVerifier(match[1], bytes.subarray(1));
  return verifier.keyId === match[2] ? verifier : null;
}

/** True when the note carries a good signature of this verifier. */
export async function verifyNote(note: SignedNote, verifier: NoteVerifier): Promise<boolean> {
  const own = note.signatures.find((signature) => signature.name === verifier.name && signature.keyId === verifier.keyId);
  if (own?.signature.length !== SIGNATURE_BYTES || verifier.publicKey.length !== KEY_BYTES || equalBytes(verifier.publicKey, new Uint8Array(KEY_BYTES))) return false;
  const key = await crypto.subtle.importKey("raw", verifier.publicKey, "Ed25519", false, ["verify"]);
  return await crypto.subtle.verify("Ed25519", key, own.signature, new TextEncoder().encode(note.text));
}
