import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { flushDownloads, flushDownloadsRegularly } from "#lib/analytics/index.ts";
import { downloadPath, FEED_PATHS, feedInMemory, followFeed, handleDownload, handleFeed, isWithheldObject, loadFeed } from "#lib/feed/index.ts";
import { clientAddress, drainServer, MAX_FORM_BYTES, problemDocument, receiveBody, receiveMultipart, registerUpload, RegistryError, reserveStaging, takePageStatus, trustedProxies, withBody } from "#lib/http/index.ts";
import { closeDatabaseFacts, countDownloadAnswer, countPoll, handleMetrics, mayReadMetrics, observeRequest, provideFacts, readConfig, redactOutput, startTracing } from "#lib/platform/index.ts";
import { health, openRuntime, translateFault, useRuntime, watchHealth } from "#lib/runtime/index.ts";
import { handleObjectRequest, type EmbeddedObjectStore } from "#lib/storage/index.ts";
import { completeEnvironment } from "#scripts/environment.ts";
import { endWithParent, reportReady } from "#scripts/child-process.ts";
import { answerFromMemory } from "#web/public-answers.ts";
import { hasHiddenSteps } from "#web/hidden-steps.ts";
import { answerReadiness } from "#web/readiness.ts";
import { refuseChange } from "#web/refuse-changes.ts";
import { setSecurityHeaders } from "#web/security-headers.ts";
import { templateOf } from "#web/template-of.ts";

/** Headers that only this server may set on a request that it hands on. */
const INTERNAL = ["x-kos-client", "x-kos-staged", "x-nonce", "content-security-policy"];
const MULTIPART = new Set(["/api/v1/publish", "/api/v1/validate"]);

process.env["KOS_PROCESS"] = "web";
completeEnvironment(process.env);
const config = readConfig(process.env);
// next-auth reads its address and secret from the environment only.
process.env["NEXTAUTH_URL"] = config.publicUrl;
process.env["NEXTAUTH_SECRET"] = config.authSecret;
redactOutput();
const stopTracing = await startTracing(config, "kos-web");

const deps = await openRuntime(config, "client", []);
useRuntime(deps);
const proxies = trustedProxies(config.trustedProxies);
const app = next({ dev: process.env["KOS_DEV"] === "1", dir: import.meta.dirname, hostname: config.host, port: config.port });
await app.prepare();
const handlePage = app.getRequestHandler();

const stopping = new AbortController();
await watchHealth(deps, stopping.signal);
await loadFeed(deps);
followFeed(deps, stopping.signal);
provideFacts({ health, feed: feedFacts });
flushDownloadsRegularly(deps, stopping.signal);

const server = createServer((request, response) => {
  // Nearly all traffic: answered at once, without a promise per poll. Everything else, a feed with a query too, goes the long way.
  if (request.method === "GET" && FEED_PATHS.has(request.url ?? "")) return answerPoll(request, response);
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
  if (hasHiddenSteps(pathname)) return fail(response, new RegistryError("bad-request", "The path holds `.` or `..`; name the address itself."), randomUUID());
  if (FEED_PATHS.has(pathname)) return reads ? answerPoll(request, response) : methodNotAllowed(response);
  const downloadId = downloadPath(pathname);
  if (downloadId !== null) {
    if (!reads) return methodNotAllowed(response);
    const version = queryAt === -1 ? null : new URLSearchParams(target.slice(queryAt)).get("version");
    await observed(request, response, pathname, (requestId) => handleDownload(deps, { id: downloadId, version, requestId }, request, response));
    return countDownloadAnswer(response.statusCode);
  }
  if (pathname === "/healthz") return void response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end('{"ok":true}');
  if (pathname === "/readyz") return answerReadiness(response);
  if (pathname === "/metrics" && reads && mayReadMetrics(request, config.metricsToken)) return await handleMetrics(config.databaseUrl, request, response);
  await observed(request, response, pathname, async (requestId) => {
    if (reads && deps.store.kind === "embedded" && (await isWithheldObject(deps, pathname))) return fail(response, new RegistryError("taken-down", "Every listing with these bytes was taken down."), requestId, "keep-alive");
    if (pathname.startsWith("/_objects/") && deps.store.kind === "embedded" && (await handleObjectRequest(deps.store as EmbeddedObjectStore, request, response))) return;
    await handOn(request, response, pathname, requestId);
  });
}

/** The feed's own way past the log and the traces, which would cost more than the answer. */
function answerPoll(request: IncomingMessage, response: ServerResponse): void {
  handleFeed(request, response);
  countPoll(response.statusCode);
  if (config.logPolls) deps.logger.info({ method: request.method, path: (request.url ?? "").split("?")[0], status: response.statusCode }, "poll");
}

function observed(request: IncomingMessage, response: ServerResponse, pathname: string, work: (requestId: string) => Promise<void>): Promise<void> {
  const requestId = randomUUID();
  const client = clientAddress(request.socket.remoteAddress, request.headers["x-forwarded-for"] as string | undefined, proxies);
  return observeRequest({ request, response, requestId, pathname, route: templateOf(pathname), client }, () => work(requestId).catch((error: unknown) => fail(response, error, requestId)));
}

function feedFacts(): { seq: number; entries: number; builtAt: Date } | null {
  const feed = feedInMemory();
  return feed === null ? null : { seq: Number(feed.seq), entries: feed.entries, builtAt: feed.builtAt };
}

async function handOn(request: IncomingMessage, response: ServerResponse, pathname: string, requestId: string): Promise<void> {
  for (const name of INTERNAL) delete request.headers[name];
  request.headers["x-request-id"] = requestId;
  request.headers["x-kos-client"] = clientAddress(request.socket.remoteAddress, request.headers["x-forwarded-for"] as string | undefined, proxies);
  const nonce = setSecurityHeaders(request, response, { config, pathname, requestId });
  const refused = refuseChange(request.method, pathname);
  if (refused !== null) {
    // Whoever still sends a body of a lawful size gets to read the answer.
    const lawful = Number(request.headers["content-length"] ?? Infinity) <= MAX_FORM_BYTES;
    request.resume();
    return fail(response, refused, requestId, lawful ? "keep-alive" : "close");
  }
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
  if ((request.method === "GET" || request.method === "HEAD") && answerFromMemory(request, response, { pathname, nonce, requestId, deps })) return;
  answerWithPageStatus(response, requestId);
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

function methodNotAllowed(response: ServerResponse): void {
  fail(response, new RegistryError("method-not-allowed", "This address answers GET and HEAD.", { headers: { allow: "GET, HEAD" } }), randomUUID());
}

function fail(response: ServerResponse, fault: unknown, requestId: string, connection: "close" | "keep-alive" = "close"): void {
  const error = translateFault(fault);
  if (!(error instanceof RegistryError)) deps.logger.error({ err: error, requestId }, "unexpected error");
  if (response.headersSent) return void response.destroy();
  const { status, headers, body } = problemDocument(error, requestId);
  response.writeHead(status, { ...headers, "x-request-id": requestId, connection }).end(body);
}

endWithParent(async () => {
  await drainServer(server, { drainMs: config.drainSeconds * 1000, deadlineMs: 10_000 });
  stopping.abort();
  await flushDownloads(deps).catch(() => undefined);
  await deps.queue.stop().catch(() => undefined);
  await deps.db.$disconnect();
  await closeDatabaseFacts();
  await stopTracing();
});
