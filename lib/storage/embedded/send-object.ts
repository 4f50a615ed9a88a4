import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

import { contentDisposition } from "../content-disposition.ts";
import { objectMissing, rangeUnsatisfiable } from "../errors.ts";
import type { EmbeddedObjectStore } from "./create-embedded-store.ts";
import type { ObjectNote, OpenObject } from "./object-file.ts";
import type { ObjectGrant } from "./object-url.ts";
import { readRange } from "./read-range.ts";
import type { RequestedRange } from "./read-range.ts";

type GetGrant = Extract<ObjectGrant, { method: "GET" }>;

/**
 * Sends an object, whole or one range of it, as an attachment that a browser neither shows, sniffs nor runs.
 *
 * @throws StorageError `object-missing`, `range-unsatisfiable`, `object-damaged`
 */
export async function sendObject(
  store: EmbeddedObjectStore,
  grant: GetGrant,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const found = await store.open(grant.key);
  if (found === null) throw objectMissing(grant.key);
  try {
    setHeaders(res, grant, found.note);
    if (matchesTag(req.headers["if-none-match"], found.note)) {
      res.writeHead(304).end();
      return;
    }
    await sendBytes(found, grant, req, res);
  } finally {
    await found.file.close();
  }
}

function setHeaders(res: ServerResponse, grant: GetGrant, note: ObjectNote): void {
  res.setHeader("etag", `"${note.sha256}"`);
  res.setHeader("accept-ranges", "bytes");
  res.setHeader("cache-control", note.cacheControl ?? "private, no-cache");
  res.setHeader("content-disposition", contentDisposition(grant.fileName));
  res.setHeader("x-content-type-options", "nosniff");
  res.setHeader("content-security-policy", "sandbox; default-src 'none'");
}

async function sendBytes(found: OpenObject, grant: GetGrant, req: IncomingMessage, res: ServerResponse) {
  const { file, note } = found;
  const range = requestedRange(req, note);
  if (range === "unsatisfiable") {
    for (const name of ["etag", "content-disposition", "accept-ranges"]) res.removeHeader(name);
    res.setHeader("content-range", `bytes */${note.size}`);
    throw rangeUnsatisfiable(grant.key, note.size);
  }
  const { start, end } = range ?? { start: 0, end: note.size - 1 };
  if (range !== null) res.setHeader("content-range", `bytes ${start}-${end}/${note.size}`);
  res.writeHead(range === null ? 200 : 206, { "content-type": grant.contentType, "content-length": end - start + 1 });
  if (req.method === "HEAD" || end < start) {
    res.end();
    return;
  }
  await pipeline(file.createReadStream({ start, end, autoClose: false, highWaterMark: 256 * 1024 }), res);
}

/** A range counts only for GET, and only while `If-Range` (if any) names these bytes: RFC 9110, sections 13.1.5, 14.2. */
function requestedRange(req: IncomingMessage, note: ObjectNote): RequestedRange {
  const ifRange = req.headers["if-range"];
  if (req.method !== "GET" || (ifRange !== undefined && ifRange !== `"${note.sha256}"`)) return null;
  return readRange(req.headers.range, note.size);
}

function matchesTag(header: string | undefined, note: ObjectNote): boolean {
  if (header === undefined) return false;
  const tags = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes("*") || tags.includes(`"${note.sha256}"`);
}
