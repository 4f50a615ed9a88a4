import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { PutObjectCommandInput } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

import { checksumMismatch, lengthMismatch } from "../errors.ts";
import type { ObjectBody, PutOptions } from "../object-store.ts";
import type { Bucket } from "./bucket.ts";
import { inTime } from "./in-time.ts";
import { failureStatus, readFailure } from "./read-failure.ts";

const CONFLICT_ATTEMPTS = 5;

/**
 * Stores bytes after checking their digest here, and lets the server check it again on what arrives.
 *
 * `ifAbsent` is a conditional write (`If-None-Match: *`). A server that answers that it has none (501) is asked
 * first instead; two writers at once may then both write, which for content-addressed keys are the same bytes.
 *
 * @throws StorageError `checksum-mismatch`, `length-mismatch`, `store-unavailable`
 */
export async function putS3Object(
  bucket: Bucket,
  key: string,
  body: ObjectBody,
  options: PutOptions,
): Promise<"created" | "exists"> {
  await requireDigest(key, body, options.sha256);
  try {
    if (options.ifAbsent === true) return await sendIfAbsent(bucket, key, body, options);
    await send(bucket, key, body, options);
    return "created";
  } catch (error) {
    throw readFailure(bucket.name, key, error);
  }
}

async function requireDigest(key: string, body: ObjectBody, sha256: string): Promise<void> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of body instanceof Uint8Array ? [body] : createReadStream(body.path)) {
    hash.update(chunk);
    size += chunk.byteLength;
  }
  if (!(body instanceof Uint8Array) && size !== body.size) throw lengthMismatch(key, body.size, size);
  const found = hash.digest("hex");
  if (found !== sha256) throw checksumMismatch(key, sha256, found);
}

async function sendIfAbsent(bucket: Bucket, key: string, body: ObjectBody, options: PutOptions) {
  for (let attempt = 1; ; attempt++) {
    try {
      await send(bucket, key, body, options, "*");
      return "created";
    } catch (error) {
      const status = failureStatus(error);
      if (status === 412) return "exists";
      if (status === 501) return sendUnlessPresent(bucket, key, body, options);
      // 409: another conditional write of this key is under way, and may yet fail
      if (status !== 409 || attempt === CONFLICT_ATTEMPTS) throw error;
    }
  }
}

async function sendUnlessPresent(bucket: Bucket, key: string, body: ObjectBody, options: PutOptions) {
  try {
    await inTime((options) => bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key: key }), options));
    return "exists";
  } catch (error) {
    if (failureStatus(error) !== 404) throw error;
    await send(bucket, key, body, options);
    return "created";
  }
}

async function send(bucket: Bucket, key: string, body: ObjectBody, options: PutOptions, ifNoneMatch?: "*") {
  const command = new PutObjectCommand({
    Bucket: bucket.name,
    Key: key,
    ...bodyFields(body),
    ContentType: options.contentType,
    CacheControl: options.cacheControl,
    ChecksumAlgorithm: "SHA256",
    ChecksumSHA256: Buffer.from(options.sha256, "hex").toString("base64"),
    Metadata: { sha256: options.sha256 },
    IfNoneMatch: ifNoneMatch,
  });
  signPayloadHash(command, options.sha256);
  await inTime((options) => bucket.client.send(command, options), body instanceof Uint8Array ? body.byteLength : body.size);
}

function bodyFields(body: ObjectBody): Pick<PutObjectCommandInput, "Body" | "ContentLength"> {
  return body instanceof Uint8Array
    ? { Body: body, ContentLength: body.byteLength }
    : { Body: createReadStream(body.path, { highWaterMark: 256 * 1024 }), ContentLength: body.size };
}

/** Signature Version 4 covers the payload's SHA-256; left alone, the client leaves a stream's out of it. */
function signPayloadHash(command: PutObjectCommand, sha256: string): void {
  command.middlewareStack.add(
    (next) => (args) => {
      const { request } = args;
      if (hasHeaders(request)) request.headers["x-amz-content-sha256"] = sha256;
      return next(args);
    },
    { step: "build", name: "signPayloadHash" },
  );
}

function hasHeaders(request: unknown): request is { headers: Record<string, string> } {
  return typeof request === "object" && request !== null && "headers" in request;
}
