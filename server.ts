import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { flushDownloads, flushDownloadsRegularly } from "#lib/analytics/index.ts";
import { downloadPath, FEED_PATHS, followFeed, handleDownload, handleFeed, refreshFeed } from "#lib/feed/index.ts";
import { clientAddress, MAX_FORM_BYTES, problemDocument, receiveBody, receiveMultipart, registerUpload, RegistryError, reserveStaging, takePageStatus, trustedProxies, withBody } from "#lib/http/index.ts";
import { readConfig } from "#lib/platform/index.ts";
import { openRuntime, useRuntime, type Deps } from "#lib/runtime/index.ts";
import { handleObjectRequest, type EmbeddedObjectStore } from "#lib/storage/index.ts";
import { completeEnvironment } from "#scripts/environment.ts";
import { endWithParent, reportReady } from "#scripts/child-process.ts";

/** Headers that only this server may set on a request that it hands on. */
const INTERNAL = ["x-kos-client", "x-kos-staged", "x-nonce", "content-security-policy"];
const MULTIPART = new Set(["/api/v1/publish", "/api/v1/validate"]);

process.env["KOS_PROCESS"] = "web";
completeEnvironment(process.env);
const config = readConfig(process.env);
// next-auth reads its address and secret from the environment only.
process.env["NEXTAUTH_URL"] = config.publicUrl;
process.env["NEXTAUTH_SECRET"] = config.authSecret;

const deps = await openRuntime(config, "client", []);
useRuntime(deps);
const proxies = trustedProxies(config.trustedProxies);
const app = next({ dev: process.env["KOS_DEV"] === "1", dir: import.meta.dirname, hostname: config.host, port: config.port });
await app.prepare();
const handlePage = app.getRequestHandler();

const stopping = new AbortController();
followFeed(deps, stopping.signal);
flushDownloadsRegularly(deps, stopping.signal);
await refreshFeed(deps).catch((error: unknown) => deps.logger.warn({ err: error }, "starting without a feed"));

const server = createServer((request, response) => {
  // Nearly all traffic: answered at once, without a promise per poll. Everything else, a feed with a query too, goes the long way.
  if (request.method === "GET" && FEED_PATHS.has(request.url ?? "")) return handleFeed(request, response);
  void answer(request, response).catch((error: unknown) => fail(response, error, randomUUID()));
});
server.keepAliveTimeout = 65_000;
server.requestTimeout = 300_000;
server.on("error", (error: NodeJS.ErrnoException) => {
  process.stderr.write(error.code === "EADDRINUSE" ? `PORT ${config.port} is in use: stop what listens there, or set PORT to another.\n` : `${error.message}\n`);
  process.exit(1);
});
server.listen(config.port, config.host, () => reportReady({ port: (server.address() as AddressInfo).port }));

/** The hot, cacheable addresses first, from memory; then uploads, which are streamed to disk; then Next. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? "/";
  const queryAt = target.indexOf("?");
  const pathname = queryAt === -1 ? target : target.slice(0, queryAt);
  const reads = request.method === "GET" || request.method === "HEAD";
  if (FEED_PATHS.has(pathname)) return reads ? handleFeed(request, response) : methodNotAllowed(response);
  const downloadId = downloadPath(pathname);
  if (downloadId !== null) {
    if (!reads) return methodNotAllowed(response);
    const version = queryAt === -1 ? null : new URLSearchParams(target.slice(queryAt)).get("version");
    return await handleDownload(deps, { id: downloadId, version, requestId: randomUUID() }, request, response);
  }
  if (pathname === "/healthz") return void response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end('{"ok":true}');
  if (pathname === "/readyz") return await ready(deps, response);
  if (pathname.startsWith("/_objects/") && deps.store.kind === "embedded" && (await handleObjectRequest(deps.store as EmbeddedObjectStore, request, response))) return;
  await handOn(request, response, pathname);
}

async function handOn(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
  for (const name of INTERNAL) delete request.headers[name];
  const requestId = randomUUID();
  request.headers["x-request-id"] = requestId;
  request.headers["x-kos-client"] = clientAddress(request.socket.remoteAddress, request.headers["x-forwarded-for"] as string | undefined, proxies);
  securityHeaders(request, response, pathname, requestId);
  const carriesCredentials = request.headers.authorization !== undefined || request.headers.cookie !== undefined;
  let handed = request;
  try {
    if (request.method === "POST" && MULTIPART.has(pathname) && (pathname !== "/api/v1/publish" || carriesCredentials)) {
      await stageUpload(request, response);
      handed = withBody(request, null);
    } else if (request.method !== "GET" && request.method !== "HEAD") {
      handed = withBody(request, await receiveBody(request));
    }
  } catch (error) {
    // Whoever hung up reads no answer, and is no fault of ours.
    if (request.destroyed && !request.complete) return void response.destroy();
    request.resume();
    return fail(response, error, requestId);
  }
  answerWithPageStatus(response, requestId);
  logWhenDone(request, response, pathname, requestId);
  await handlePage(handed, response);
}

/** Next sends a page's headers when its first bytes are ready; by then the page has said which status it is. */
function answerWithPageStatus(response: ServerResponse, requestId: string): void {
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  response.writeHead = ((status: number, ...rest: unknown[]) => writeHead(takePageStatus(requestId) ?? status, ...rest)) as typeof response.writeHead;
}

async function stageUpload(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const giveBack = reserveStaging(String(request.headers["x-kos-client"]), Math.min(Number(request.headers["content-length"] ?? MAX_FORM_BYTES), MAX_FORM_BYTES));
  try {
    const { upload, remove } = await receiveMultipart(request);
    const key = randomUUID();
    const forget = registerUpload(key, upload);
    request.headers["x-kos-staged"] = key;
    response.on("close", () => {
      forget();
      void remove().finally(giveBack);
    });
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** For answers that are data, an icon opened by itself included: nothing in them loads, runs or is framed. */
const DATA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** The policy's nonce travels to Next on the request, which puts it on every script that it writes. */
function securityHeaders(request: IncomingMessage, response: ServerResponse, pathname: string, requestId: string): void {
  const nonce = randomBytes(16).toString("base64");
  const https = config.publicUrl.startsWith("https:");
  // Downloads are redirects to the object store: its origin must be allowed for the in-page fetches that verify them.
  const objects = config.s3?.endpoint === undefined || config.s3?.endpoint === null ? "" : ` ${new URL(config.s3.endpoint).origin}`;
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${process.env["KOS_DEV"] === "1" ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${objects}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
  request.headers["x-nonce"] = nonce;
  request.headers["content-security-policy"] = policy;
  // What is set here stands: a route handler's own value would be dropped.
  response.setHeader("content-security-policy", pathname.startsWith("/api/v1/") ? DATA_POLICY : policy);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "strict-origin-when-cross-origin");
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("permissions-policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
  response.setHeader("x-request-id", requestId);
  if (https) response.setHeader("strict-transport-security", "max-age=63072000; includeSubDomains");
}

function logWhenDone(request: IncomingMessage, response: ServerResponse, pathname: string, requestId: string): void {
  const started = process.hrtime.bigint();
  response.on("finish", () => {
    deps.logger.info({ requestId, method: request.method, path: pathname, status: response.statusCode, ms: Number((process.hrtime.bigint() - started) / 100_000n) / 10 }, "request");
  });
}

async function ready(current: Deps, response: ServerResponse): Promise<void> {
  const checks = { database: () => current.db.$queryRaw`SELECT 1`, storage: () => current.store.ping(), queue: () => current.queue.ping() };
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const timeout = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error("no answer within 2 s")), 2_000).unref());
      // What exactly failed names hosts and folders: that is for the log.
      return await Promise.race([Promise.resolve(check()).then(() => [name, "ok"]), timeout]).catch((error: unknown) => {
        current.logger.warn({ err: error, check: name }, "not ready");
        return [name, "failed"];
      });
    }),
  );
  const ok = entries.every(([, state]) => state === "ok");
  response.writeHead(ok ? 200 : 503, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify({ ok, ...Object.fromEntries(entries) }));
}

function methodNotAllowed(response: ServerResponse): void {
  fail(response, new RegistryError("method-not-allowed", "This address answers GET and HEAD.", { headers: { allow: "GET, HEAD" } }), randomUUID());
}

function fail(response: ServerResponse, error: unknown, requestId: string): void {
  if (!(error instanceof RegistryError)) deps.logger.error({ err: error, requestId }, "unexpected error");
  if (response.headersSent) return void response.destroy();
  const { status, headers, body } = problemDocument(error, requestId);
  response.writeHead(status, { ...headers, "x-request-id": requestId, connection: "close" }).end(body);
}

endWithParent(async () => {
  server.close();
  server.closeIdleConnections();
  stopping.abort();
  const drained = new Promise<void>((resolve) => server.on("close", resolve));
  await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, 8_000).unref())]);
  server.closeAllConnections();
  await flushDownloads(deps).catch(() => undefined);
  await deps.queue.stop().catch(() => undefined);
  await deps.db.$disconnect();
});
