import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { storeUnavailable } from "../errors.ts";
import { decodeEntry, encodeCase, isMissing, NOTE_BYTES, objectPath } from "./object-file.ts";

/**
 * The keys below `folder` that begin with `prefix`, in the order of their bytes, one folder in memory at a time.
 * What is deleted meanwhile is left out.
 */
export async function* listObjects(folder: string, prefix: string): AsyncGenerator<{ key: string; size: number }> {
  const lastSlash = prefix.lastIndexOf("/");
  const start = prefix.slice(0, lastSlash + 1);
  yield* walk(folder, start, prefix);
}

async function* walk(folder: string, start: string, prefix: string): AsyncGenerator<{ key: string; size: number }> {
  for (const entry of await readFolder(folder, start)) {
    const key = start + entry;
    const isFolder = key.endsWith("/");
    if (isFolder && (key.startsWith(prefix) || prefix.startsWith(key))) yield* walk(folder, key, prefix);
    if (isFolder || !key.startsWith(prefix)) continue;
    const size = await objectSize(folder, key);
    if (size !== null) yield { key, size };
  }
}

/** Names in key order; those of folders end with `/`, which is where their keys sort. */
async function readFolder(folder: string, start: string): Promise<string[]> {
  try {
    const entries = await readdir(join(folder, ...encodeCase(start).split("/")));
    return entries.map(keyPart).sort((a, b) => (a < b ? -1 : 1));
  } catch (error) {
    if (isMissing(error)) return [];
    throw storeUnavailable(folder, error);
  }
}

function keyPart(entry: string): string {
  const { name, isObject } = decodeEntry(entry);
  return isObject ? name : `${name}/`;
}

async function objectSize(folder: string, key: string): Promise<number | null> {
  try {
    return (await stat(objectPath(folder, key))).size - NOTE_BYTES;
  } catch (error) {
    if (isMissing(error)) return null;
    throw storeUnavailable(folder, error);
  }
}
