import { fromBase64, toBase64 } from "./bytes.ts";
import { parseNote, verifyNote, type NoteVerifier } from "./signed-note.ts";
import { HASH_BYTES } from "./tree-hash.ts";

export interface Checkpoint {
  /** Which log: the first line. */
  origin: string;
  /** Entries in the tree. */
  size: number;
  root: Uint8Array<ArrayBuffer>;
}

/** The text of a checkpoint, which a note's signature is over (C2SP tlog-checkpoint). */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads a note's text as a checkpoint; null when it is none. Lines after the third are allowed and mean nothing here. */
export function parseCheckpointText(text: string): Checkpoint | null {
  const [origin = "", sizeText = "", rootText = "", ...rest] = text.split("\n");
  const root = fromBase64(rootText);
  const size = Number(sizeText);
  if (origin === "" || !/^(0|[1-9]\d*)$/.test(sizeText) || !Number.isSafeInteger(size)) return null;
  if (root?.length !== HASH_BYTES || rest.at(-1) !== "" || rest.slice(0, -1).includes("")) return null;
  return { origin, size, root };
}

/** The checkpoint in a signed note, when this verifier signed it and it is of the log that bears the verifier's name; else null. */
export async function openCheckpoint(note: string, verifier: NoteVerifier): Promise<Checkpoint | null> {
  const parsed = parseNote(note);
  const checkpoint = parsed === null ? null : parseCheckpointText(parsed.text);
  if (parsed === null || checkpoint?.origin !== verifier.name) return null;
  return (await verifyNote(parsed, verifier)) ? checkpoint : null;
}
