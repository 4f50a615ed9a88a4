import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { matchesEtag, problemDocument, RegistryError } from "#lib/http/index.ts";
import { feedInMemory } from "./feed-memory.ts";
import type { Encoding } from "./feed-key.ts";
import type { FeedInMemory } from "./kept-feed.ts";

export const FEED_PATHS: ReadonlySet<string> = new Set(["/api/feed.json", "/.kai/updates.json"]);

const CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";

/** What one encoding of one snapshot is answered with, made once: a poll then costs little more than its system calls. */
interface Answer {
  etag: string;
  body: Buffer;
  fullHeaders: string[];
  notModifiedHeaders: string[];
}

const ready = new WeakMap<FeedInMemory, Record<Encoding, Answer>>();

/** Answers a poll of the feed from memory: 200, 304, HEAD, precompressed. 503 until the first snapshot is there. */
export function handleFeed(request: IncomingMessage, response: ServerResponse): void {
  const feed = feedInMemory();
  if (feed === null) {
    const { status, headers, body } = problemDocument(new RegistryError("unavailable", "The first feed is being built.", { headers: { "retry-after": "2" } }), randomUUID());
    response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : body);
    return;
  }
  const answers = answersOf(feed);
  const answer = answers[encodingFor(request.headers["accept-encoding"])];
  const ifNoneMatch = request.headers["if-none-match"];
  if (ifNoneMatch !== undefined && (ifNoneMatch === answer.etag || matchesAny(ifNoneMatch, answers))) {
    response.writeHead(304, answer.notModifiedHeaders).end();
    return;
  }
  response.writeHead(200, answer.fullHeaders);
  if (request.method === "HEAD") response.end();
  else response.end(answer.body);
}

function matchesAny(ifNoneMatch: string, answers: Record<Encoding, Answer>): boolean {
  return Object.values(answers).some(({ etag }) => matchesEtag(ifNoneMatch, etag));
}

function answersOf(feed: FeedInMemory): Record<Encoding, Answer> {
  let answers = ready.get(feed);
  if (answers === undefined) {
    answers = { identity: prepareAnswer(feed, "identity"), gzip: prepareAnswer(feed, "gzip"), br: prepareAnswer(feed, "br") };
    ready.set(feed, answers);
  }
  return answers;
}

function prepareAnswer(feed: FeedInMemory, encoding: Encoding): Answer {
  // A strong tag per encoding (RFC 9110, section 8.8.3.3): the same bytes under one name only.
  const etag = encoding === "identity" ? `"${feed.sha256}"` : `"${feed.sha256}-${encoding}"`;
  const body = feed.variants[encoding];
  // A 304 carries what a cache needs to renew its copy, and no other metadata (RFC 9110, section 15.4.5).
  const notModifiedHeaders = ["etag", etag, "cache-control", CACHE_CONTROL, "vary", "accept-encoding", "access-control-allow-origin", "*"];
  const fullHeaders = [...notModifiedHeaders, "last-modified", feed.builtAt.toUTCString(), "x-content-type-options", "nosniff", "content-type", "application/json; charset=utf-8", "content-length", String(body.length)];
  if (encoding !== "identity") fullHeaders.push("content-encoding", encoding);
  return { etag, body, fullHeaders, notModifiedHeaders };
}

/** Clients send a handful of values over and over; the bound keeps a hostile one from filling the memory. */
const REMEMBERED = 64;
const negotiated = new Map<string, Encoding>();

function encodingFor(accept: string | undefined): Encoding {
  if (accept === undefined) return "identity";
  const known = negotiated.get(accept);
  if (known !== undefined) return known;
  const encoding = negotiate(accept);
  if (negotiated.size < REMEMBERED && accept.length < 100) negotiated.set(accept, encoding);
  return encoding;
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
