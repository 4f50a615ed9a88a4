import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { closeDatabaseFacts, refreshDatabaseFacts } from "./database-facts.ts";
import { metrics } from "./metrics.ts";

/** Any of them says that the socket's address is a proxy's. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/;
/** A page in a browser on this machine must not read them under another name (DNS rebinding). */
const LOOPBACK_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** Who may read the metrics: this machine itself, asked directly and by its own name, or whoever has the token. */
export function mayReadMetrics(request: IncomingMessage, token: string | null): boolean {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (token !== null && bearer !== undefined) return timingSafeEqual(digest(bearer), digest(token));
  if (FORWARDED.some((name) => request.headers[name] !== undefined)) return false;
  return LOOPBACK.test(request.socket.remoteAddress ?? "") && LOOPBACK_HOST.test(request.headers.host ?? "");
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Answers with every metric of this process in Prometheus's text format. The caller has asked `mayReadMetrics`. */
export async function handleMetrics(databaseUrl: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { registry } = metrics();
  await refreshDatabaseFacts(databaseUrl);
  const text = await registry.metrics();
  response.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store", "x-content-type-options": "nosniff" }).end(request.method === "HEAD" ? undefined : text);
}

/** A listener for a process that serves nothing else. Resolves once it listens; the answer closes it. */
export async function listenForMetrics(options: { port: number; host: string; token: string | null; databaseUrl: string }): Promise<() => Promise<void>> {
  const server = createServer((request, response) => void answer(options, request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(options.port, options.host, resolve));
  return () => close(server);
}

async function answer(options: { token: string | null; databaseUrl: string }, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reads = request.method === "GET" || request.method === "HEAD";
  if (request.url === "/metrics" && reads && mayReadMetrics(request, options.token)) return await handleMetrics(options.databaseUrl, request, response);
  response.writeHead(404, { "content-type": "text/plain", connection: "close" }).end("Not found\n");
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await closeDatabaseFacts();
}
