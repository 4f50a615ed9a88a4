import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import { objectDamaged, storeUnavailable } from "../errors.ts";

/**
 * The form on disk: the object's bytes, then a note of fixed length (JSON, padded with spaces) that says what they
 * are. One file is one commit: a rename or link makes bytes and note appear together, which two files could not do.
 */
export const NOTE_BYTES = 512;

const Note = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().nonnegative(),
  contentType: z.string(),
  cacheControl: z.string().optional(),
});

export type ObjectNote = z.infer<typeof Note>;

/** A file and its note. The caller closes `file`. */
export interface OpenObject {
  file: FileHandle;
  note: ObjectNote;
}

/**
 * Folders keep their name and files get a `~`, so that `a` and `a/b` can both be keys; upper case is written `!a`,
 * so that keys that differ only in case stay apart on file systems that ignore it. No key holds `~` or `!`.
 */
export function objectPath(folder: string, key: string): string {
  return `${join(folder, ...encodeCase(key).split("/"))}~`;
}

/** Undoes {@link objectPath} for one folder entry. */
export function decodeEntry(name: string): { name: string; isObject: boolean } {
  const isObject = name.endsWith("~");
  const plain = isObject ? name.slice(0, -1) : name;
  return { name: plain.replaceAll(/!([a-z])/g, (_, letter: string) => letter.toUpperCase()), isObject };
}

export function encodeCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

/** @throws RangeError when content type and cache control are too long for the note */
export function encodeNote(note: ObjectNote): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(note));
  if (bytes.length > NOTE_BYTES) throw new RangeError("content type and cache control are too long to store");
  return Buffer.concat([bytes], NOTE_BYTES).fill(" ", bytes.length);
}

/**
 * Null when there is no such object.
 *
 * @throws StorageError `object-damaged` when the file was cut or changed in length, `store-unavailable`
 */
export async function openObject(folder: string, key: string): Promise<OpenObject | null> {
  const file = await openIfPresent(objectPath(folder, key), folder);
  if (file === null) return null;
  try {
    return { file, note: await readNote(file, key) };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openIfPresent(path: string, folder: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (isMissing(error)) return null;
    throw storeUnavailable(folder, error);
  }
}

async function readNote(file: FileHandle, key: string): Promise<ObjectNote> {
  const { size } = await file.stat();
  if (size < NOTE_BYTES) throw objectDamaged(key);
  const buffer = Buffer.alloc(NOTE_BYTES);
  await file.read(buffer, 0, NOTE_BYTES, size - NOTE_BYTES);
  const note = Note.safeParse(parseJson(buffer.toString()));
  if (!note.success || note.data.size !== size - NOTE_BYTES) throw objectDamaged(key);
  return note.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether the file system answered "no such file". */
export function isMissing(error: unknown): boolean {
  return hasCode(error, "ENOENT");
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
