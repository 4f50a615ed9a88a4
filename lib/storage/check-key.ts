import { keyInvalid } from "./errors.ts";

/** S3 allows 1024 bytes; shorter leaves room for a bucket's own prefix and for the limits of file systems. */
const MAX_KEY_LENGTH = 512;
const MAX_SEGMENT_LENGTH = 120;
const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const PREFIX = /^(?:[A-Za-z0-9][A-Za-z0-9._-]*\/)*(?:[A-Za-z0-9][A-Za-z0-9._-]*)?$/;

/**
 * Refuses every key that a file system or a URL could read as something else: segments of ASCII letters, digits,
 * `.`, `_` and `-` that begin with a letter or digit (so no `..`, no hidden file, no empty segment), joined by `/`.
 *
 * @throws StorageError `key-invalid`
 */
export function checkKey(key: string): void {
  const segments = key.split("/");
  const fits = (segment: string) => segment.length <= MAX_SEGMENT_LENGTH && SEGMENT.test(segment);
  if (key.length > MAX_KEY_LENGTH || !segments.every(fits)) throw keyInvalid(key);
}

/**
 * The same rule for the beginning of a key; empty is allowed.
 *
 * @throws StorageError `key-invalid`
 */
export function checkPrefix(prefix: string): void {
  if (prefix.length > MAX_KEY_LENGTH || !PREFIX.test(prefix)) throw keyInvalid(prefix);
}
