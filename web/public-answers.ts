import type { IncomingMessage, ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { sessionCookie } from "#lib/accounts/index.ts";
import { feedInMemory } from "#lib/feed/index.ts";
import { AnswerCache, captureAnswer, problemDocument, RegistryError, type CapturedAnswer, type KeptAnswer } from "#lib/http/index.ts";
import { health, lookAgain, type Deps } from "#lib/runtime/index.ts";
import { outagePage } from "./outage-page.ts";

/** Pages that look the same to every anonymous reader. */
const PAGES = /^\/(?:search|taxonomy|log|privacy|api\/docs|docs(?:\/[^?]*)?|listings\/[^/]+(?:\/[^?]*)?|publishers\/[^/]+)?$/;
/** What cannot be made without the database: answered at once while it is away, instead of after every timeout on the way. */
const NEEDS_DATABASE = /^\/(?:search|listings\/.*|publishers\/.*|log|submissions.*|review.*|admin(?:\/.*)?|settings(?:\/.*)?|keys|tokens|device|teams.*|invitations|claims|publish|outbox|feed\.atom|sitemap\.xml|api\/v1\/(?!taxonomy).*)?$/;
const FRESH_MS = 2_000;
/** While one request makes a page anew, others get the last one up to this age: a takedown reaches everybody in less than ten seconds. */
const WHILE_RENEWED_MS = 8_000;
const MAX_ANSWER = 2 * 1024 * 1024;
const MiB = 1024 * 1024;
/** What says of an address that nothing is there any more: what it held before must not come back. */
const GONE = new Set([404, 410, 451]);
/** Of this answer alone, or about its way here; the rest is kept. */
const NOT_KEPT = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "date", "x-request-id", "traceresponse", "ratelimit", "ratelimit-policy", "set-cookie"]);

/** Addresses with a query have a share of their own, so that inventing queries cannot push the others out. */
const plain = new AnswerCache(48 * MiB);
const queried = new AnswerCache(16 * MiB);
const renewing = new Set<string>();
let withheld: ReadonlySet<string> | undefined;

interface Reader {
  pathname: string;
  nonce: string;
  requestId: string;
  deps: Deps;
}

/**
 * Answers a GET or HEAD of an anonymous reader from memory where that may be done: a page made less than two seconds
 * ago, and with the database away any page or public answer that was made before. Otherwise watches the answer that
 * is now made: a good one is kept; in place of a failed one goes the last good one, or a page that says what is wrong.
 */
export function answerFromMemory(request: IncomingMessage, response: ServerResponse, reader: Reader): boolean {
  const encoding = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(request.headers["accept-encoding"] ?? "") ? "gzip" : "identity";
  request.headers["accept-encoding"] = encoding;
  const address = isPlain(request) ? (request.url ?? "/") : null;
  const anonymous = address !== null && isAnonymous(request, reader.deps);
  forgetTakenDown();
  const kept = address === null ? undefined : find(address, encoding);
  if (kept !== undefined && (!health().database || (anonymous && PAGES.test(reader.pathname) && mayServe(`${encoding} ${address}`, kept)))) {
    send(request, response, kept);
    return true;
  }
  if (!health().database && NEEDS_DATABASE.test(reader.pathname)) {
    sayUnavailable(request, response, reader, "The database");
    return true;
  }
  const key = anonymous && request.method === "GET" ? `${encoding} ${address}` : null;
  if (key !== null) renewing.add(key);
  response.once("close", () => key !== null && renewing.delete(key));
  if (key !== null) response.once("finish", () => GONE.has(response.statusCode) && forget(address ?? ""));
  captureAnswer(response, {
    maxBytes: MAX_ANSWER,
    keep: (answer) => key !== null && isPublic(reader.pathname, answer) && store(address ?? "").set(key, toKeep(answer)),
    replace: (failed) => void replace(request, response, failed, address === null ? undefined : find(address, encoding), reader),
  });
  return false;
}

function forget(address: string): void {
  for (const encoding of ["gzip", "identity"]) store(address).delete(`${encoding} ${address}`);
}

/** Any page may name what was taken down, and most are not read again before the database goes away: all are forgotten. */
function forgetTakenDown(): void {
  const known = feedInMemory()?.withheld;
  if (known === withheld) return;
  if (withheld !== undefined && known !== undefined && known.difference(withheld).size > 0) for (const answers of [plain, queried]) answers.clear();
  withheld = known;
}

function mayServe(key: string, kept: KeptAnswer): boolean {
  if (kept.feed !== currentFeed()) return false;
  const age = Date.now() - kept.at;
  return age < FRESH_MS || (age < WHILE_RENEWED_MS && renewing.has(key));
}

function currentFeed(): string {
  return String(feedInMemory()?.seq ?? "");
}

/** Next answers some of its own headers with parts of a page: such an answer is nobody else's. */
function isPlain({ headers }: IncomingMessage): boolean {
  return !Object.keys(headers).some((name) => name === "rsc" || name.startsWith("next-") || name.startsWith("x-nextjs-") || name.startsWith("x-middleware-"));
}

function isAnonymous(request: IncomingMessage, deps: Deps): boolean {
  return request.headers.authorization === undefined && !(request.headers.cookie ?? "").includes(sessionCookie(deps.config.publicUrl).name);
}

/** A page of the list above, or data that says of itself that it is everybody's. */
function isPublic(pathname: string, { headers }: CapturedAnswer): boolean {
  // Tiles are many, and come from the object store: they need no second place.
  if (headers["set-cookie"] !== undefined || pathname.startsWith("/log/tile/")) return false;
  return PAGES.test(pathname) || String(headers["cache-control"] ?? "").startsWith("public");
}

function store(address: string): AnswerCache {
  return address.includes("?") ? queried : plain;
}

function find(address: string, encoding: "gzip" | "identity"): KeptAnswer | undefined {
  const own = store(address).get(`${encoding} ${address}`);
  if (own !== undefined) return own;
  const other = store(address).get(`${encoding === "gzip" ? "identity" : "gzip"} ${address}`);
  if (other === undefined || encoding === "gzip" || other.headers["content-encoding"] !== "gzip") return other;
  const { "content-encoding": _encoded, ...headers } = other.headers;
  return { ...other, headers, body: gunzipSync(other.body) };
}

function toKeep(answer: CapturedAnswer): KeptAnswer {
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !NOT_KEPT.has(name)));
  return { headers, body: answer.body, at: Date.now(), feed: currentFeed() };
}

/** The whole answer is one unit: its policy's nonce is the one that its scripts carry. `Cache-Status` is RFC 9211's. */
function send(request: IncomingMessage, response: ServerResponse, kept: KeptAnswer): void {
  const age = Math.floor((Date.now() - kept.at) / 1000);
  for (const [name, value] of Object.entries(kept.headers)) response.setHeader(name, value);
  response.setHeader("age", String(age));
  response.setHeader("cache-status", `kos; hit; ttl=${Math.floor(FRESH_MS / 1000) - age}`);
  response.writeHead(200, { "content-length": kept.body.length });
  response.end(request.method === "HEAD" ? undefined : kept.body);
}

async function replace(request: IncomingMessage, response: ServerResponse, failed: CapturedAnswer, kept: KeptAnswer | undefined, reader: Reader): Promise<void> {
  if (kept !== undefined) {
    reader.deps.logger.warn({ requestId: reader.requestId, status: failed.status, path: reader.pathname }, "a failed answer was replaced by an earlier one");
    for (const name of Object.keys(failed.headers)) if (!name.startsWith("x-")) response.removeHeader(name);
    return send(request, response, kept);
  }
  const { database, storage } = await lookAgain();
  if (failed.status === 500 && !(database && storage)) return sayUnavailable(request, response, reader, database ? "The object store" : "The database");
  response.removeHeader("transfer-encoding");
  response.writeHead(failed.status, { "content-length": failed.body.length });
  response.end(request.method === "HEAD" ? undefined : failed.body);
}

/** 503 with Retry-After: a page for people, a problem document for programs. */
function sayUnavailable(request: IncomingMessage, response: ServerResponse, { pathname, nonce, requestId }: Reader, what: string): void {
  const forPeople = request.headers["rsc"] === undefined && !/^\/api\/(?!docs$)|\.(?:atom|xml|json)$/.test(pathname);
  const problem = problemDocument(new RegistryError("unavailable", `${what} does not answer; try again shortly.`), requestId);
  const body = Buffer.from(forPeople ? outagePage(nonce, what) : problem.body);
  for (const name of ["content-encoding", "transfer-encoding"]) response.removeHeader(name);
  const headers = forPeople ? { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } : problem.headers;
  response.writeHead(503, { ...headers, "retry-after": "5", "content-length": body.length });
  response.end(request.method === "HEAD" ? undefined : body);
}
