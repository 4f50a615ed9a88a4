import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import type { GetObjectCommandOutput } from "@aws-sdk/client-s3";
import { Readable } from "node:stream";

import { checkKey, checkPrefix } from "../check-key.ts";
import { objectMissing, objectTooLarge, rangeUnsatisfiable } from "../errors.ts";
import type { ByteRange, ObjectHead, ObjectStore, StoredObject } from "../object-store.ts";
import type { Bucket } from "./bucket.ts";
import { inTime } from "./in-time.ts";
import { presignS3Get, presignS3Put } from "./presign-object.ts";
import { putS3Object } from "./put-object.ts";
import { failureStatus, readFailure } from "./read-failure.ts";

export interface S3StoreOptions {
  /** Null for Amazon's own addresses. */
  endpoint: string | null;
  /** Origin of presigned addresses, where it differs: what browsers and hosts can reach. Its Host is signed. */
  publicEndpoint?: string | null;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`; most servers other than Amazon's need it. */
  forcePathStyle: boolean;
  /** Only dates the presigned addresses. */
  clock?: () => Date;
}

export interface S3ObjectStore extends ObjectStore {
  readonly kind: "s3";
  /** Makes the bucket unless it is there. */
  ensureBucket(): Promise<void>;
  /** Closes idle connections. */
  close(): void;
}

/**
 * Objects in a bucket of an S3-compatible server. `put` lets the server verify the SHA-256 twice over, as signed
 * payload hash and as `x-amz-checksum-sha256`, so that servers without the newer checksum header verify it too.
 */
export function createS3Store(options: S3StoreOptions): S3ObjectStore {
  const bucket: Bucket = { client: createClient(options), name: options.bucket };
  // Only ever signs: it opens no connection.
  const published: Bucket = { client: createClient({ ...options, endpoint: options.publicEndpoint ?? options.endpoint }), name: options.bucket };
  const clock = options.clock ?? (() => new Date());
  return {
    kind: "s3",
    put: async (key, body, putOptions) => {
      checkKey(key);
      return putS3Object(bucket, key, body, putOptions);
    },
    ...readers(bucket),
    copy: (from, to) => copyObject(bucket, from, to),
    delete: async (key) => {
      checkKey(key);
      const command = new DeleteObjectCommand({ Bucket: bucket.name, Key: key });
      await inTime((options) => bucket.client.send(command, options)).catch((error) => Promise.reject(readFailure(bucket.name, key, error)));
    },
    presignGet: async (key, presignOptions) => {
      checkKey(key);
      return presignS3Get(published, key, presignOptions, clock());
    },
    presignPut: async (key, presignOptions) => {
      checkKey(key);
      return presignS3Put(published, key, presignOptions, clock());
    },
    ping: () => ping(bucket),
    ensureBucket: () => ensureBucket(bucket),
    close: () => {
      bucket.client.destroy();
      published.client.destroy();
    },
  };
}

function createClient(options: S3StoreOptions): S3Client {
  return new S3Client({
    region: options.region,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    forcePathStyle: options.forcePathStyle,
    ...(options.endpoint === null ? {} : { endpoint: options.endpoint }),
    // the default adds CRC32 trailers that several servers do not read
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    // failures reach the caller as errors; without this the client also writes some of them to the console
    logger: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
    requestHandler: { connectionTimeout: 3000, requestTimeout: 60_000, socketTimeout: 15_000, throwOnRequestTimeout: true },
  });
}

function silent(): void {
  return undefined;
}

function readers(bucket: Bucket): Pick<ObjectStore, "get" | "getBytes" | "head" | "list"> {
  return {
    get: async (key, range) => {
      const answer = await getObject(bucket, key, range);
      return answer === null ? null : storedObject(answer);
    },
    getBytes: async (key, maxBytes) => {
      const answer = await getObject(bucket, key);
      return answer === null ? null : collect(key, storedObject(answer), maxBytes);
    },
    head: (key) => headObject(bucket, key),
    list: (prefix) => listObjects(bucket, prefix),
  };
}

async function getObject(bucket: Bucket, key: string, range?: ByteRange): Promise<GetObjectCommandOutput | null> {
  checkKey(key);
  if (range?.end !== undefined && range.end < range.start) throw rangeUnsatisfiable(key, range.start);
  const Range = range === undefined ? undefined : `bytes=${range.start}-${range.end ?? ""}`;
  try {
    // Until its first byte; what stalls after that is the socket's to notice.
    return await inTime((options) => bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key: key, Range }), options));
  } catch (error) {
    if (failureStatus(error) === 416) throw rangeUnsatisfiable(key, range?.start ?? 0);
    return nullIfMissing(bucket, key, error);
  }
}

function storedObject(answer: GetObjectCommandOutput): StoredObject {
  if (!(answer.Body instanceof Readable)) throw new TypeError("the S3 client gave no Node stream");
  const whole = /\/(\d+)$/.exec(answer.ContentRange ?? "")?.[1];
  const size = whole === undefined ? (answer.ContentLength ?? 0) : Number(whole);
  return { body: answer.Body, size, contentType: answer.ContentType ?? "application/octet-stream" };
}

async function collect(key: string, { body, size }: StoredObject, maxBytes: number): Promise<Uint8Array> {
  if (size > maxBytes) {
    body.destroy();
    throw objectTooLarge(key, size, maxBytes);
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function headObject(bucket: Bucket, key: string): Promise<ObjectHead | null> {
  checkKey(key);
  try {
    const command = new HeadObjectCommand({ Bucket: bucket.name, Key: key, ChecksumMode: "ENABLED" });
    const answer = await inTime((options) => bucket.client.send(command, options));
    return {
      size: answer.ContentLength ?? 0,
      contentType: answer.ContentType ?? "application/octet-stream",
      sha256: hexOfBase64(answer.ChecksumSHA256) ?? answer.Metadata?.["sha256"] ?? null,
    };
  } catch (error) {
    return nullIfMissing(bucket, key, error);
  }
}

/** Servers give the digest of a whole object as plain base64; one of a multipart upload ends in `-<parts>`. */
function hexOfBase64(text: string | undefined): string | null {
  return text !== undefined && /^[A-Za-z0-9+/]{43}=$/.test(text) ? Buffer.from(text, "base64").toString("hex") : null;
}

async function* listObjects(bucket: Bucket, prefix: string): AsyncGenerator<{ key: string; size: number }> {
  checkPrefix(prefix);
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({ Bucket: bucket.name, Prefix: prefix, ContinuationToken });
    const page = await inTime((options) => bucket.client.send(command, options)).catch((error) => {
      throw readFailure(bucket.name, prefix, error);
    });
    for (const { Key, Size } of page.Contents ?? []) {
      if (Key !== undefined) yield { key: Key, size: Size ?? 0 };
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
}

async function copyObject(bucket: Bucket, from: string, to: string): Promise<void> {
  checkKey(from);
  checkKey(to);
  try {
    // keys need no escaping: checkKey leaves only characters that stand for themselves
    const CopySource = `${bucket.name}/${from}`;
    await bucket.client.send(new CopyObjectCommand({ Bucket: bucket.name, Key: to, CopySource }));
  } catch (error) {
    throw failureStatus(error) === 404 ? objectMissing(from) : readFailure(bucket.name, to, error);
  }
}

async function ping(bucket: Bucket): Promise<void> {
  try {
    await inTime((options) => bucket.client.send(new HeadBucketCommand({ Bucket: bucket.name }), options));
  } catch (error) {
    throw readFailure(bucket.name, "", error);
  }
}

async function ensureBucket(bucket: Bucket): Promise<void> {
  try {
    await bucket.client.send(new HeadBucketCommand({ Bucket: bucket.name }));
  } catch (error) {
    if (failureStatus(error) !== 404) throw readFailure(bucket.name, "", error);
    await createBucket(bucket);
  }
}

async function createBucket(bucket: Bucket): Promise<void> {
  try {
    await bucket.client.send(new CreateBucketCommand({ Bucket: bucket.name }));
  } catch (error) {
    // another process was first
    if (!(error instanceof Error) || error.name !== "BucketAlreadyOwnedByYou") throw readFailure(bucket.name, "", error);
  }
}

function nullIfMissing(bucket: Bucket, key: string, error: unknown): null {
  if (failureStatus(error) === 404 && !(error instanceof Error && error.name === "NoSuchBucket")) return null;
  throw readFailure(bucket.name, key, error);
}
