import type { IncomingMessage, ServerResponse } from "node:http";

import { StorageError } from "../errors.ts";
import type { StorageErrorCode } from "../errors.ts";
import type { EmbeddedObjectStore } from "./create-embedded-store.ts";
import { OBJECTS_PATH } from "./object-url.ts";
import { receiveObject } from "./receive-object.ts";
import { sendObject } from "./send-object.ts";

const STATUS = {
  "key-invalid": 403,
  "url-invalid": 403,
  "url-expired": 403,
  "object-missing": 404,
  "checksum-mismatch": 400,
  "length-mismatch": 400,
  "object-too-large": 413,
  "range-unsatisfiable": 416,
  "object-damaged": 500,
  "store-unavailable": 503,
} as const satisfies Record<StorageErrorCode, number>;

const TITLES: Record<number, string> = {
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  411: "Length Required",
  413: "Content Too Large",
  416: "Range Not Satisfiable",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** Bytes of a refused upload that are read and dropped, so that the sender gets to read the answer. */
const DRAIN_LIMIT = 64 * 1024 * 1024;

/**
 * Answers the signed addresses of the embedded store: GET and HEAD with ranges, PUT with length and digest enforced.
 * Everything else about the request is ignored, cookies included: the signature is the only authority.
 *
 * @returns false, with nothing written, when the address is none of the store's
 * @throws whatever is no {@link StorageError}; the server answers that as for any other route
 */
export async function handleObjectRequest(
  store: EmbeddedObjectStore,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<boolean> {
  const address = req.url ?? "";
  if (!address.startsWith(OBJECTS_PATH)) return false;
  const method = req.method ?? "";
  if (method !== "GET" && method !== "HEAD" && method !== "PUT") {
    res.setHeader("allow", "GET, HEAD, PUT");
    refuse(req, res, 405, "method-not-allowed", `an object has no ${method}`);
    return true;
  }
  try {
    const grant = store.verifyUrl(method, address);
    if (grant.method === "GET") await sendObject(store, grant, req, res);
    else await receiveObject(store, grant, req, res);
  } catch (error) {
    answerError(error, req, res);
  }
  return true;
}

function answerError(error: unknown, req: IncomingMessage, res: ServerResponse): void {
  if (res.headersSent || res.destroyed || req.errored) {
    res.destroy();
    return;
  }
  if (!(error instanceof StorageError)) throw error;
  refuse(req, res, statusOf(error, req), error.code, error.message);
}

function statusOf(error: StorageError, req: IncomingMessage): number {
  const lengthMissing = error.code === "length-mismatch" && req.headers["content-length"] === undefined;
  return lengthMissing ? 411 : STATUS[error.code];
}

/** A problem document (RFC 9457). What the store says about its own disk stays in the server's log. */
function refuse(req: IncomingMessage, res: ServerResponse, status: number, code: string, detail: string): void {
  const requestId = res.getHeader("x-request-id");
  const title = TITLES[status] ?? "Error";
  const body = JSON.stringify({
    type: "about:blank",
    title,
    status,
    code,
    ...(status < 500 ? { detail } : {}),
    ...(typeof requestId === "string" ? { requestId } : {}),
  });
  if (Number(req.headers["content-length"] ?? 0) > DRAIN_LIMIT) res.setHeader("connection", "close");
  res.writeHead(status, {
    "content-type": "application/problem+json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  res.end(req.method === "HEAD" ? undefined : body);
  req.resume();
}
