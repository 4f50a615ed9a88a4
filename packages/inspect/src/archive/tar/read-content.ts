import { createHash, hash } from "node:crypto";
import { HEAD_BYTES } from "../archive-types.ts";
import { LARGEST_TEXT } from "../keep-texts.ts";

export interface Content {
  sha256: string;
  head: Uint8Array;
  /** all of it, where it may be a text */
  whole: Buffer | null;
}

/** Reads the next `size` bytes of a stream as they come, keeping them only where they may be a text. Null when the stream ends before. */
export function* readContent(size: number): Generator<{ bytes: number; whole: boolean }, Content | null, Buffer | null> {
  const kept = size <= LARGEST_TEXT ? Buffer.allocUnsafe(size) : null;
  const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
  const digest = kept === null ? createHash("sha256") : null;
  for (let at = 0; at < size; ) {
    const piece: Buffer | null = yield { bytes: size - at, whole: false };
    if (piece === null) return null;
    if (at < head.length) piece.copy(head, at);
    if (kept !== null) piece.copy(kept, at);
    digest?.update(piece);
    at += piece.length;
  }
  return { sha256: digest?.digest("hex") ?? hash("sha256", kept ?? head), head: new Uint8Array(head), whole: kept };
}
