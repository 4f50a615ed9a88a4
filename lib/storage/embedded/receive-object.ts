import type { IncomingMessage, ServerResponse } from "node:http";

import { lengthMismatch, urlInvalid } from "../errors.ts";
import type { EmbeddedObjectStore } from "./create-embedded-store.ts";
import type { ObjectGrant } from "./object-url.ts";

type PutGrant = Extract<ObjectGrant, { method: "PUT" }>;

/**
 * Streams a request's body into the store, which keeps it only if it has exactly the signed length and digest.
 *
 * @throws StorageError `url-invalid` when length or type are announced other than signed, `length-mismatch` when no
 *   length is announced, `checksum-mismatch`
 */
export async function receiveObject(
  store: EmbeddedObjectStore,
  grant: PutGrant,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const { key, size, sha256, contentType } = grant;
  const announced = req.headers["content-length"];
  if (announced === undefined) throw lengthMismatch(key, size, 0);
  if (announced !== String(size) || req.headers["content-type"] !== contentType) throw urlInvalid();
  // a failed write must leave the connection open for the answer that says why
  const chunks: AsyncIterable<Uint8Array> = req.iterator({ destroyOnReturn: false });
  await store.receive({ key, chunks, size, sha256, contentType });
  res.writeHead(200, { etag: `"${sha256}"`, "content-length": 0, "cache-control": "no-store" }).end();
}
