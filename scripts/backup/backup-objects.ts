import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { link, mkdir, open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ObjectStore } from "#lib/storage/index.ts";
import { Refusal } from "../database/refusal.ts";
import { fileDigest, syncPath } from "./file-digest.ts";
import { ListedObject, type Manifest } from "./manifest.ts";
import type { NamedObjects } from "./named-objects.ts";

/** Uploads that are not submitted yet: nothing refers to them for longer than an hour. */
const PASSING = "staging/";
/** The public log's tiles and checkpoint: the only objects that are replaced and removed. */
const RECORD = "log/";
const AT_ONCE = 8;
/** A key that ends in its own digest, as those of artifacts and icons do. */
const DIGEST_KEY = /^(?:artifacts\/sha256|icons)\/(?:.*\/)?([0-9a-f]{64})$/;
const LISTING = "objects.jsonl";

/**
 * Copies every object that lasts, each compared with what its key, its row and its store say of it. But for the log's
 * they are never overwritten, so that whatever the rows of an earlier moment name is there now.
 *
 * @param record what `backupRecord` copied when the rows' snapshot was taken
 * @param earlier listing of another backup whose files are linked to instead of fetched
 * @throws Refusal that names an object which is missing or is not what was stored
 */
export async function backupObjects(store: ObjectStore, folder: string, named: NamedObjects, record: ListedObject[], earlier: EarlierBackup | null): Promise<Manifest["objects"]> {
  const missing = new Set(named.keys());
  const listing = await open(join(folder, LISTING), "wx", 0o600);
  const total = { count: 0, bytes: 0 };
  try {
    const list = async (copied: ListedObject[]): Promise<void> => {
      await listing.appendFile(copied.map((object) => `${JSON.stringify(object)}\n`).join(""));
      for (const { key, size } of copied) {
        missing.delete(key);
        total.count++;
        total.bytes += size;
      }
    };
    await list(record);
    for await (const keys of batches(store, "", [PASSING, RECORD])) {
      await list(await Promise.all(keys.map((key) => backupObject(store, folder, { key, stated: named.get(key) ?? null }, earlier))));
    }
    await listing.sync();
  } finally {
    await listing.close();
  }
  const [first] = missing;
  if (first !== undefined) throw new Refusal(`The store lacks \`${first}\`${missing.size > 1 ? ` and ${missing.size - 1} other objects` : ""}, which the database names. No backup was made.`);
  return { ...total, listing: LISTING, sha256: (await fileDigest(join(folder, LISTING))) ?? "" };
}

/**
 * Copies the objects of the public log, while nobody signs: a checkpoint that is newer than the rows of the same backup
 * would keep the log stopped after a restore. None is linked from an earlier backup: a checkpoint keeps its name and size.
 */
export async function backupRecord(store: ObjectStore, folder: string): Promise<ListedObject[]> {
  const copied: ListedObject[] = [];
  for await (const keys of batches(store, RECORD, [])) copied.push(...(await Promise.all(keys.map((key) => backupObject(store, folder, { key, stated: null }, null)))));
  return copied;
}

export interface EarlierBackup {
  folder: string;
  objects: Map<string, ListedObject>;
}

/** The lines of a listing. */
export async function readListing(path: string): Promise<ListedObject[]> {
  const text = await readFile(path, "utf8");
  return text.split("\n").filter((line) => line !== "").map((line) => ListedObject.parse(JSON.parse(line)));
}

async function* batches(store: ObjectStore, prefix: string, without: string[]): AsyncGenerator<string[]> {
  let keys: string[] = [];
  for await (const { key } of store.list(prefix)) {
    if (without.some((other) => key.startsWith(other))) continue;
    keys.push(key);
    if (keys.length < AT_ONCE) continue;
    yield keys;
    keys = [];
  }
  if (keys.length > 0) yield keys;
}

async function backupObject(store: ObjectStore, folder: string, wanted: { key: string; stated: string | null }, earlier: EarlierBackup | null): Promise<ListedObject> {
  const { key } = wanted;
  const path = join(folder, "objects", key);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const head = await store.head(key);
  if (head === null) throw new Refusal(`The object \`${key}\` went away while it was being backed up. No backup was made.`);
  const known = [wanted.stated, DIGEST_KEY.exec(key)?.[1], head.sha256].filter((sha256) => typeof sha256 === "string");
  const linked = await linkEarlier(earlier, key, path, head.size);
  const copied = linked ?? (await fetchObject(store, key, path));
  if (known.some((sha256) => sha256 !== copied.sha256) || copied.size !== head.size) {
    throw new Refusal(`The object \`${key}\` is not what was stored: its bytes have sha256 ${copied.sha256} instead of ${known[0] ?? "another"}. No backup was made.`);
  }
  return { key, ...copied, contentType: head.contentType };
}

/** Null where the earlier backup has no such object, or not whole, or lies on another disk. */
async function linkEarlier(earlier: EarlierBackup | null, key: string, path: string, size: number): Promise<{ size: number; sha256: string } | null> {
  const before = earlier?.objects.get(key);
  if (earlier === null || before === undefined || before.size !== size) return null;
  const source = join(earlier.folder, "objects", key);
  if ((await fileDigest(source)) !== before.sha256) return null;
  try {
    await link(source, path);
    return { size, sha256: before.sha256 };
  } catch (error) {
    if (["EXDEV", "EPERM", "EMLINK", "ENOTSUP"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

async function fetchObject(store: ObjectStore, key: string, path: string): Promise<{ size: number; sha256: string }> {
  const object = await store.get(key);
  if (object === null) throw new Refusal(`The object \`${key}\` went away while it was being backed up. No backup was made.`);
  const hash = createHash("sha256");
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(object.body, measure, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  await syncPath(path);
  return { size, sha256: hash.digest("hex") };
}
