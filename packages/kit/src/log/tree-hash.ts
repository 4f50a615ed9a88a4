import { joinBytes } from "./bytes.ts";

/** Bytes of one hash. */
export const HASH_BYTES = 32;

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** The hash of one entry: SHA-256 of a zero byte and the entry (RFC 6962, section 2.1). */
export function leafHash(entry: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(joinBytes(Uint8Array.of(0), entry));
}

/** The hash of a node over its two children: SHA-256 of a one byte and both (RFC 6962, section 2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(joinBytes(Uint8Array.of(1), left, right));
}

/** The root of a tree without entries. */
export function emptyRoot(): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(new Uint8Array(0));
}
