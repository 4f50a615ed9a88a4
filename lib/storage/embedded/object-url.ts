import { createHmac, timingSafeEqual } from "node:crypto";

import { checkKey } from "../check-key.ts";
import { StorageError, urlExpired, urlInvalid } from "../errors.ts";

/** Where the embedded store's signed addresses begin, on the site's own origin. */
export const OBJECTS_PATH = "/_objects/";

/** What a signature covers, all of it. */
export type ObjectGrant =
  | { method: "GET"; key: string; expires: number; fileName: string; contentType: string }
  | { method: "PUT"; key: string; expires: number; size: number; sha256: string; contentType: string };

const SIGNATURE_BYTES = 32;

/**
 * `<publicUrl>/_objects/<key>?exp=<unix seconds>&sig=<HMAC-SHA256, base64url>&…` for one method, key and use.
 */
export function signObjectUrl(publicUrl: string, secret: string, grant: ObjectGrant): string {
  const query = new URLSearchParams({ exp: String(grant.expires), sig: mac(secret, grant).toString("base64url") });
  query.set("type", grant.contentType);
  if (grant.method === "GET") {
    query.set("name", grant.fileName);
  } else {
    query.set("size", String(grant.size));
    query.set("sha256", grant.sha256);
  }
  return `${publicUrl.replace(/\/+$/, "")}${OBJECTS_PATH}${grant.key}?${query}`;
}

/**
 * Reads the grant back from a request. HEAD may use what was signed for GET.
 *
 * @param address path and query, as the request line carries them
 * @throws StorageError `url-invalid` unless every part is as it was signed; `url-expired`
 */
export function verifyObjectUrl(secret: string, method: string, address: string, now: Date): ObjectGrant {
  const url = URL.parse(address, "http://object.invalid");
  if (url === null) throw urlInvalid();
  const grant = readGrant(method === "HEAD" ? "GET" : method, url);
  const given = Buffer.from(url.searchParams.get("sig") ?? "", "base64url");
  if (given.length !== SIGNATURE_BYTES || !timingSafeEqual(given, mac(secret, grant))) throw urlInvalid();
  if (now.getTime() >= grant.expires * 1000) throw urlExpired();
  return grant;
}

function readGrant(method: string, url: URL): ObjectGrant {
  const key = url.pathname.slice(OBJECTS_PATH.length);
  requireKey(key);
  const expires = wholeNumber(url.searchParams.get("exp"));
  const contentType = url.searchParams.get("type") ?? "";
  if (method === "GET") {
    return { method, key, expires, contentType, fileName: url.searchParams.get("name") ?? "" };
  }
  if (method === "PUT") {
    const size = wholeNumber(url.searchParams.get("size"));
    return { method, key, expires, contentType, size, sha256: url.searchParams.get("sha256") ?? "" };
  }
  throw urlInvalid();
}

function requireKey(key: string): void {
  try {
    checkKey(key);
  } catch (error) {
    throw error instanceof StorageError ? urlInvalid() : error;
  }
}

function wholeNumber(text: string | null): number {
  if (text === null || !/^(?:0|[1-9]\d{0,14})$/.test(text)) throw urlInvalid();
  return Number(text);
}

/** JSON of an array keeps neighbouring fields apart; the first field keeps this use of the secret apart. */
function mac(secret: string, grant: ObjectGrant): Buffer {
  const { method, key, expires, contentType } = grant;
  const own = grant.method === "GET" ? [grant.fileName] : [grant.size, grant.sha256];
  const text = JSON.stringify(["kos-object-url-v1", method, key, expires, contentType, ...own]);
  return createHmac("sha256", secret).update(text).digest();
}
