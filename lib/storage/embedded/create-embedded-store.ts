import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, mkdir, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";

import { checkKey, checkPrefix } from "../check-key.ts";
import { objectDamaged, objectTooLarge, rangeUnsatisfiable, storeUnavailable } from "../errors.ts";
import type {
  ByteRange,
  ObjectBody,
  ObjectHead,
  ObjectStore,
  PutOptions,
  StoredObject,
} from "../object-store.ts";
import { copyObject } from "./copy-object.ts";
import { listObjects } from "./list-objects.ts";
import { isMissing, objectPath, openObject } from "./object-file.ts";
import type { OpenObject } from "./object-file.ts";
import { signObjectUrl, verifyObjectUrl } from "./object-url.ts";
import type { ObjectGrant } from "./object-url.ts";
import { fileChunks, syncFolder, writeObject } from "./write-object.ts";
import type { IncomingObject, StoreFolders } from "./write-object.ts";

export interface EmbeddedStoreOptions {
  /** Folder for the bytes; made when absent. Several processes of one machine may share it. */
  root: string;
  /** Origin (and path, if any) under which `handleObjectRequest` answers. */
  publicUrl: string;
  /** Signs the addresses; at least 32 characters, the same in every process. */
  secret: string;
  clock?: () => Date;
}

/** The embedded driver and what its request handler needs of it. */
export interface EmbeddedObjectStore extends ObjectStore {
  readonly kind: "embedded";
  /** @throws StorageError `url-invalid`, `url-expired` */
  verifyUrl(method: string, address: string): ObjectGrant;
  /** The open file and its note; the caller closes it. */
  open(key: string): Promise<OpenObject | null>;
  /** Stores a stream of announced length and digest. */
  receive(incoming: IncomingObject): Promise<"created" | "exists">;
}

const MIN_SECRET_LENGTH = 32;
/** Files aside that are older belong to a process that died while writing. */
const ABANDONED_AFTER_MS = 24 * 60 * 60_000;

/**
 * Objects as files on this machine, for one that has no S3 server. Atomic and durable at every step (see
 * `writeObject`), addresses signed with HMAC-SHA256 and served by `handleObjectRequest`.
 *
 * @throws RangeError when the secret is too short
 */
export function createEmbeddedStore(options: EmbeddedStoreOptions): EmbeddedObjectStore {
  const { root, publicUrl, secret, clock = () => new Date() } = options;
  if (secret.length < MIN_SECRET_LENGTH) throw new RangeError(`the secret needs ${MIN_SECRET_LENGTH} characters`);
  const folders = { objects: join(root, "objects"), incoming: join(root, "incoming") };
  const prepared = once(() => prepareFolders(folders));
  return {
    kind: "embedded",
    ...readers(folders.objects),
    ...writers(folders, prepared),
    ...presigners(publicUrl, secret, clock),
    verifyUrl: (method, address) => verifyObjectUrl(secret, method, address, clock()),
    ping: async () => {
      await prepared();
      await access(folders.incoming, constants.W_OK).catch((error) => Promise.reject(storeUnavailable(root, error)));
    },
  };
}

type Readers = Pick<EmbeddedObjectStore, "open" | "get" | "getBytes" | "head" | "list">;
type Writers = Pick<EmbeddedObjectStore, "receive" | "put" | "copy" | "delete">;
type Presigners = Pick<EmbeddedObjectStore, "presignGet" | "presignPut">;

function readers(folder: string): Readers {
  const find = async (key: string) => {
    checkKey(key);
    return openObject(folder, key);
  };
  return {
    open: find,
    get: async (key, range) => readObject(key, await find(key), range),
    getBytes: async (key, maxBytes) => readBytes(key, await find(key), maxBytes),
    head: async (key) => readHead(await find(key)),
    list: async function* (prefix) {
      checkPrefix(prefix);
      yield* listObjects(folder, prefix);
    },
  };
}

function writers(folders: StoreFolders, prepared: () => Promise<void>): Writers {
  const receive = async (incoming: IncomingObject) => {
    checkKey(incoming.key);
    await prepared();
    return writeObject(folders, incoming);
  };
  return {
    receive,
    put: (key, body, options) => receive(incomingObject(key, body, options)),
    copy: async (from, to) => {
      checkKey(from);
      checkKey(to);
      await prepared();
      await copyObject(folders, from, to);
    },
    delete: async (key) => {
      checkKey(key);
      await deleteObject(folders.objects, key);
    },
  };
}

function presigners(publicUrl: string, secret: string, clock: () => Date): Presigners {
  const expiry = (seconds: number) => Math.floor(clock().getTime() / 1000) + seconds;
  return {
    presignGet: async (key, { expiresInSeconds, fileName, contentType }) => {
      checkKey(key);
      const expires = expiry(expiresInSeconds);
      return signObjectUrl(publicUrl, secret, { method: "GET", key, expires, fileName, contentType });
    },
    presignPut: async (key, { expiresInSeconds, size, sha256, contentType }) => {
      checkKey(key);
      const expires = expiry(expiresInSeconds);
      const url = signObjectUrl(publicUrl, secret, { method: "PUT", key, expires, size, sha256, contentType });
      return { url, method: "PUT", headers: { "content-type": contentType } };
    },
  };
}

function incomingObject(key: string, body: ObjectBody, options: PutOptions): IncomingObject {
  return body instanceof Uint8Array
    ? { ...options, key, chunks: [body], size: body.byteLength }
    : { ...options, key, chunks: fileChunks(body.path), size: body.size };
}

async function readObject(key: string, found: OpenObject | null, range?: ByteRange): Promise<StoredObject | null> {
  if (found === null) return null;
  const { file, note } = found;
  const { size, contentType } = note;
  const start = range?.start ?? 0;
  const end = Math.min(range?.end ?? size - 1, size - 1);
  if (end < start) {
    await file.close();
    if (range !== undefined) throw rangeUnsatisfiable(key, start);
    return { body: Readable.from([]), size, contentType };
  }
  return { body: file.createReadStream({ start, end }), size, contentType };
}

async function readBytes(key: string, found: OpenObject | null, maxBytes: number): Promise<Uint8Array | null> {
  if (found === null) return null;
  const { file, note } = found;
  try {
    if (note.size > maxBytes) throw objectTooLarge(key, note.size, maxBytes);
    const bytes = Buffer.alloc(note.size);
    const { bytesRead } = await file.read(bytes, 0, note.size, 0);
    if (bytesRead !== note.size || digest(bytes) !== note.sha256) throw objectDamaged(key);
    return bytes;
  } finally {
    await file.close();
  }
}

async function readHead(found: OpenObject | null): Promise<ObjectHead | null> {
  if (found === null) return null;
  await found.file.close();
  const { size, contentType, sha256 } = found.note;
  return { size, contentType, sha256 };
}

async function deleteObject(folder: string, key: string): Promise<void> {
  const path = objectPath(folder, key);
  try {
    await rm(path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (!isMissing(error)) throw storeUnavailable(folder, error);
  }
}

async function prepareFolders(folders: StoreFolders): Promise<void> {
  try {
    await mkdir(folders.objects, { recursive: true });
    await mkdir(folders.incoming, { recursive: true });
    await removeAbandoned(folders.incoming);
  } catch (error) {
    throw storeUnavailable(folders.objects, error);
  }
}

async function removeAbandoned(incoming: string): Promise<void> {
  const limit = Date.now() - ABANDONED_AFTER_MS;
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch((error) => (isMissing(error) ? null : Promise.reject(error)));
    if (found !== null && found.ctimeMs < limit) await rm(path, { force: true });
  }
}

/** Runs `work` at the first call and shares its result; a failure is tried again at the next. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  return () =>
    (running ??= work().catch((error) => {
      running = null;
      throw error;
    }));
}

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
