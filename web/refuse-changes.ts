import { RegistryError } from "#lib/http/index.ts";
import { health } from "#lib/runtime/index.ts";

/** What changes nothing, or only who is signed in. */
const ALLOWED_READ_ONLY = /^\/api\/(?:auth\/|v1\/sessions?\/|v1\/validate$)/;
/** What needs no database. */
const ALLOWED_WITHOUT_DATABASE = /^\/api\/v1\/validate$/;

/** What stores bytes. */
const NEEDS_STORE = /^\/api\/v1\/(?:publish$|uploads(?:\/|$))/;

/** The error to answer a request that would change something, before its body is read; null where it may go on. */
export function refuseChange(method: string | undefined, pathname: string): RegistryError | null {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return null;
  const { readOnly, database, storage } = health();
  if (readOnly !== null && !ALLOWED_READ_ONLY.test(pathname)) return new RegistryError("read-only", `Nothing can be changed at the moment: ${readOnly}`, { headers: { "retry-after": "60" } });
  if (!database && !ALLOWED_WITHOUT_DATABASE.test(pathname)) return new RegistryError("unavailable", "The database does not answer, so nothing can be changed; nothing was. Try again shortly.", { headers: { "retry-after": "5" } });
  if (!storage && NEEDS_STORE.test(pathname)) return new RegistryError("unavailable", "The object store does not answer, so nothing can be published; nothing was. Try again shortly.", { headers: { "retry-after": "5" } });
  return null;
}
