import type { Readable } from "node:stream";

/** Bytes to store: in memory, or a file on this machine that is read as a stream. */
export type ObjectBody = Uint8Array | { path: string; size: number };

export interface PutOptions {
  /** SHA-256 of the body, 64 lower-case hex digits. A body with another digest is refused and leaves nothing. */
  sha256: string;
  contentType: string;
  cacheControl?: string;
  /** Keep what is already there, and answer "exists". */
  ifAbsent?: boolean;
}

/** Byte offsets, both inclusive, as in HTTP. Without `end`, or with one past the last byte: to the last byte. */
export interface ByteRange {
  start: number;
  end?: number;
}

export interface StoredObject {
  /** Only the bytes of the range, when one was asked for. The reader consumes or destroys it. */
  body: Readable;
  /** Bytes of the whole object, whatever the range. */
  size: number;
  contentType: string;
}

export interface ObjectHead {
  size: number;
  contentType: string;
  /** 64 lower-case hex digits; null when the store does not know it. */
  sha256: string | null;
}

export interface PresignGetOptions {
  expiresInSeconds: number;
  /** What a browser saves the download as. */
  fileName: string;
  contentType: string;
}

export interface PresignPutOptions {
  /** Bytes; another length is refused. */
  size: number;
  sha256: string;
  contentType: string;
  expiresInSeconds: number;
}

/** A request that whoever holds it may send, once the body is added. Every header is part of the signature. */
export interface PresignedPut {
  url: string;
  method: "PUT";
  headers: Record<string, string>;
}

/**
 * Where bytes live. Two drivers keep this one contract: files on this machine, and an S3-compatible server.
 *
 * Keys are `segment/segment/…` as {@link checkKey} allows. Every method throws {@link StorageError}:
 * `key-invalid` for a bad key or prefix, `store-unavailable` when the disk or the server does not answer.
 */
export interface ObjectStore {
  readonly kind: "embedded" | "s3";
  /** @throws StorageError `checksum-mismatch`; the key then holds what it held before. */
  put(key: string, body: ObjectBody, options: PutOptions): Promise<"created" | "exists">;
  /** Null when the key holds nothing. @throws StorageError `range-unsatisfiable`. */
  get(key: string, range?: ByteRange): Promise<StoredObject | null>;
  /** The whole object in memory. @throws StorageError `object-too-large` above `maxBytes`. */
  getBytes(key: string, maxBytes: number): Promise<Uint8Array | null>;
  head(key: string): Promise<ObjectHead | null>;
  /** Replaces `to`, inside the store. @throws StorageError `object-missing`. */
  copy(from: string, to: string): Promise<void>;
  /** Deleting what is absent is no error. */
  delete(key: string): Promise<void>;
  /** Keys that begin with `prefix` (text, not folder), in the order of their bytes. */
  list(prefix: string): AsyncIterable<{ key: string; size: number }>;
  /** An address that answers GET with the bytes, as an attachment, until it expires. */
  presignGet(key: string, options: PresignGetOptions): Promise<string>;
  /** A PUT that stores exactly the announced bytes, until it expires. */
  presignPut(key: string, options: PresignPutOptions): Promise<PresignedPut>;
  /** Resolves when the store can be used, within seconds. */
  ping(): Promise<void>;
}
