import { keyInvalid } from "./errors.ts";

const SHA256_HEX = /^[0-9a-f]{64}$/;

/**
 * The immutable place of an artifact's bytes: `artifacts/sha256/ab/cd/<hash>`. Two levels of 256 folders keep a
 * million files at about fifteen a folder.
 *
 * @param sha256 64 lower-case hex digits
 * @throws StorageError `key-invalid` for anything else
 */
export function artifactKey(sha256: string): string {
  if (!SHA256_HEX.test(sha256)) throw keyInvalid(sha256);
  return `artifacts/sha256/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
}
