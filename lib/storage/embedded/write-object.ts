import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { link, mkdir, open, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";

import { checksumMismatch, lengthMismatch, StorageError, storeUnavailable } from "../errors.ts";
import type { PutOptions } from "../object-store.ts";
import { encodeNote, hasCode, objectPath } from "./object-file.ts";

/** `objects` holds committed files, `incoming` those being written. Both on one file system. */
export interface StoreFolders {
  objects: string;
  incoming: string;
}

export interface IncomingObject extends PutOptions {
  key: string;
  /** The bytes in chunks of any length; read to the end, or given up at the first byte too many. */
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  size: number;
}

/**
 * Writes an object so that a crash at any moment leaves either the old state or the new one: into a file aside,
 * length and SHA-256 checked on the way, flushed, then linked or renamed into place, then the folder flushed.
 *
 * @throws StorageError `length-mismatch`, `checksum-mismatch`, `store-unavailable`; nothing is left behind
 */
export async function writeObject(folders: StoreFolders, incoming: IncomingObject): Promise<"created" | "exists"> {
  const aside = join(folders.incoming, randomUUID());
  try {
    await writeAside(aside, incoming);
    return await commit(folders, aside, incoming);
  } catch (error) {
    throw error instanceof StorageError || isFromSender(error) ? error : storeUnavailable(folders.objects, error);
  } finally {
    await rm(aside, { force: true });
  }
}

/** The chunks of a file on this machine. */
export function fileChunks(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: 256 * 1024 });
}

async function writeAside(aside: string, incoming: IncomingObject): Promise<void> {
  const file = await open(aside, "wx", 0o600);
  try {
    await writeChecked(file, incoming);
    const { sha256, size, contentType, cacheControl } = incoming;
    await file.writeFile(encodeNote({ sha256, size, contentType, cacheControl }));
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeChecked(file: FileHandle, { key, chunks, size, sha256 }: IncomingObject): Promise<void> {
  const hash = createHash("sha256");
  let written = 0;
  for await (const chunk of chunks) {
    written += chunk.byteLength;
    if (written > size) throw lengthMismatch(key, size, written);
    hash.update(chunk);
    await file.writeFile(chunk);
  }
  if (written !== size) throw lengthMismatch(key, size, written);
  const found = hash.digest("hex");
  if (found !== sha256) throw checksumMismatch(key, sha256, found);
}

async function commit(folders: StoreFolders, aside: string, { key, ifAbsent }: IncomingObject) {
  const target = objectPath(folders.objects, key);
  await makeFolders(folders.objects, dirname(target));
  if (ifAbsent === true) {
    // link, unlike rename, fails when the name is taken: of many writers exactly one creates it
    if (!(await linkIfAbsent(aside, target))) return "exists";
  } else {
    await rename(aside, target);
  }
  await syncFolder(dirname(target));
  return "created";
}

async function linkIfAbsent(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Also flushes the parents of new folders: a file is durable only if the names that lead to it are. */
export async function makeFolders(root: string, folder: string): Promise<void> {
  const firstMade = await mkdir(folder, { recursive: true });
  if (firstMade === undefined) return;
  for (let made = folder; made.length >= firstMade.length && made !== root; made = dirname(made)) {
    await syncFolder(dirname(made));
  }
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A sender that hangs up is no fault of the store. */
function isFromSender(error: unknown): boolean {
  return hasCode(error, "ECONNRESET") || hasCode(error, "ERR_STREAM_PREMATURE_CLOSE");
}
