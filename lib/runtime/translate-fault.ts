import { RegistryError } from "#lib/http/index.ts";
import { isUnreachable } from "#lib/platform/index.ts";
import { StorageError } from "#lib/storage/index.ts";

const RETRY_AFTER = { "retry-after": "5" };

/**
 * What a request is answered with: errors that have a code stay; a database or store that does not answer becomes
 * `unavailable` (503, Retry-After), since trying again helps and nothing was lost; everything else stays opaque.
 */
export function translateFault(error: unknown): unknown {
  if (error instanceof RegistryError) return error;
  if (isUnreachable(error)) return new RegistryError("unavailable", "The database does not answer. Nothing was changed that you were not told of; try again shortly.", { headers: RETRY_AFTER });
  if (error instanceof StorageError && error.code === "store-unavailable") return new RegistryError("unavailable", "The object store does not answer; try again shortly.", { headers: RETRY_AFTER });
  return error;
}
