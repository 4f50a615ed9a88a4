import { S3ServiceException } from "@aws-sdk/client-s3";

import { checksumMismatch, StorageError, storeUnavailable } from "../errors.ts";

/** What S3 servers answer when the bytes are not those of the announced digest. */
const DIGEST_REFUSALS = new Set(["BadDigest", "XAmzContentSHA256Mismatch", "InvalidDigest"]);

/** The HTTP status of a failed call; null when there was no answer. */
export function failureStatus(error: unknown): number | null {
  return error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? null) : null;
}

/** The store's own error for a failed call, with what the server said as its cause. */
export function readFailure(bucket: string, key: string, error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  if (error instanceof Error && DIGEST_REFUSALS.has(error.name)) return checksumMismatch(key, "the announced one", "another");
  return storeUnavailable(`bucket ${bucket}`, describe(error));
}

function describe(error: unknown): unknown {
  const status = failureStatus(error);
  if (!(error instanceof Error) || status === null) return error;
  return new Error(`${error.name} (HTTP ${status})`, { cause: error });
}
