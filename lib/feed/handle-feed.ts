import type { IncomingMessage, ServerResponse } from "node:http";
import { matchesEtag } from "#lib/http/index.ts";
import { feedInMemory, type FeedInMemory } from "./feed-memory.ts";
import type { Encoding } from "./feed-key.ts";

export const FEED_PATHS: ReadonlySet<string> = new Set(["/api/feed.json", "/.kai/updates.json"]);

const CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";

/** Answers a poll of the feed from memory: 200, 304, HEAD, precompressed. 503 until the first snapshot is there. */
export function handleFeed(request: IncomingMessage, response: ServerResponse): void {
  const feed = feedInMemory();
  if (feed === null) {
    response.writeHead(503, { "content-type": "application/problem+json", "retry-after": "2", "cache-control": "no-store" }).end('{"type":"about:blank","title":"Temporarily unavailable","status":503,"detail":"The first feed is being built.","code":"unavailable","requestId":""}');
    return;
  }
  const encoding = negotiate(request.headers["accept-encoding"]);
  const headers = headersOf(feed, encoding);
  if (matchesAny(request.headers["if-none-match"], feed)) {
    response.writeHead(304, headers).end();
    return;
  }
  const body = feed.variants[encoding];
  headers.push("content-type", "application/json; charset=utf-8", "content-length", String(body.length));
  if (encoding !== "identity") headers.push("content-encoding", encoding);
  response.writeHead(200, headers);
  if (request.method === "HEAD") response.end();
  else response.end(body);
}

/** A strong tag per encoding (RFC 9110, section 8.8.3.3): the same bytes under one name only. */
function etag(feed: FeedInMemory, encoding: Encoding): string {
  return encoding === "identity" ? `"${feed.sha256}"` : `"${feed.sha256}-${encoding}"`;
}

function matchesAny(ifNoneMatch: string | undefined, feed: FeedInMemory): boolean {
  if (ifNoneMatch === undefined) return false;
  return (["identity", "gzip", "br"] as const).some((encoding) => matchesEtag(ifNoneMatch, etag(feed, encoding)));
}

function headersOf(feed: FeedInMemory, encoding: Encoding): string[] {
  return ["etag", etag(feed, encoding), "cache-control", CACHE_CONTROL, "vary", "accept-encoding", "last-modified", feed.builtAt.toUTCString(), "x-content-type-options", "nosniff", "access-control-allow-origin", "*"];
}

/** The smallest form that Accept-Encoding allows (RFC 9110, section 12.5.3); `q=0` forbids one. */
export function negotiate(accept: string | undefined): Encoding {
  if (accept === undefined || accept === "") return "identity";
  const weights = new Map(
    accept.split(",").map((part) => {
      const [name = "", ...parameters] = part.trim().toLowerCase().split(";");
      const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined);
      return [name.trim(), q === undefined ? 1 : Number(q)] as const;
    }),
  );
  const weight = (name: string) => weights.get(name) ?? weights.get("*") ?? 0;
  if (weight("br") > 0 && weight("br") >= weight("gzip")) return "br";
  return weight("gzip") > 0 ? "gzip" : "identity";
}
