import type { IncomingMessage, ServerResponse } from "node:http";
import { isIP } from "node:net";
import { logger } from "../logger.ts";
import { processWide } from "../process-wide.ts";
import { metrics, pollCounts } from "./metrics.ts";
import { runInScope } from "./scope.ts";
import { currentTrace, inSpan } from "./tracing.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  pathname: string;
  /** Template of the path: never more than the tables of addresses name. */
  route: string;
  /** Address that limits count by. */
  client: string;
}

/**
 * Answers a request in a scope and a span of its own. When its last byte was handed over, or its sender hung up, it
 * is counted and written to the log, once: who asked for what in which form, and never what the query, the headers
 * or the body held.
 */
export async function observeRequest(exchange: Exchange, work: () => Promise<void>): Promise<void> {
  const { request, response, requestId, pathname, route } = exchange;
  const method = METHODS.has(request.method ?? "") ? (request.method ?? "") : "other";
  const started = performance.now();
  const bytesBefore = request.socket.bytesWritten;
  metrics().requestsInFlight.inc();
  principals().set(requestId, null);
  const closed = new Promise<void>((resolve) => response.once("close", resolve));
  const parent = request.headers["traceparent"];
  const facts = { "http.request.method": method, "http.route": route, "url.path": pathname, "kos.request_id": requestId };
  const span = { name: `${method} ${route}`, kind: "server", parent: typeof parent === "string" ? parent : null, facts } as const;
  await runInScope({ requestId }, () =>
    inSpan(span, async (learn) => {
      const trace = currentTrace();
      if (trace !== null && !response.headersSent) response.setHeader("traceresponse", trace.traceparent);
      const told = () => {
        learn({ "http.response.status_code": statusOf(response) });
        tell(exchange, method, performance.now() - started, request.socket.bytesWritten - bytesBefore);
      };
      // First in line: the log line is written inside of the span.
      void closed.then(told);
      await work();
      await closed;
    }),
  );
}

function tell({ request, response, requestId, pathname, route, client }: Exchange, method: string, ms: number, bytes: number): void {
  const { requests, requestsInFlight } = metrics();
  const status = statusOf(response);
  requestsInFlight.dec();
  requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, ms / 1000);
  const principal = takePrincipal(requestId) ?? credentialsOf(request);
  const aborted = response.writableFinished ? {} : { aborted: true };
  logger().info({ method, route, path: pathname, status, ms: Math.round(ms * 10) / 10, bytes, client: networkOf(client), principal, ...aborted }, "request");
}

/** Whoever hung up before an answer got none: nginx's 499 says so, and is nobody's error. */
function statusOf(response: ServerResponse): number {
  return response.headersSent ? response.statusCode : 499;
}

/** A part of the address, enough to see where a flood comes from and too little to name a household. */
function networkOf(client: string): string {
  return isIP(client) === 4 ? client.replace(/\.\d+$/, ".0/24") : client;
}

/** What was presented, for requests that no route judged: `cookie` and `bearer` say nothing about who it was. */
function credentialsOf(request: IncomingMessage): string {
  if (request.headers.authorization !== undefined) return "bearer";
  return request.headers.cookie === undefined ? "none" : "cookie";
}

/** Of each request under way; null until its caller was found. */
const principals = (): Map<string, string | null> => processWide("request-principals", () => new Map<string, string | null>());

/** Tells the log line of this request who was found behind its credentials: how, and never who. Too late, once its sender hung up. */
export function notePrincipal(requestId: string, kind: string): void {
  if (principals().has(requestId)) principals().set(requestId, kind);
}

function takePrincipal(requestId: string): string | null | undefined {
  const kind = principals().get(requestId);
  principals().delete(requestId);
  return kind;
}

const polls = pollCounts();

/** Counts an answered poll of the feed: an addition, since everything else would cost more than the answer. */
export function countPoll(status: number): void {
  if (status === 304) polls[304]++;
  else if (status === 200) polls[200]++;
  else polls[503]++;
}

const OUTCOMES: Readonly<Record<number, string>> = { 200: "found", 302: "found", 404: "not_found", 410: "withheld", 451: "withheld" };

/** Counts the answer of a download address by what it means to the host that asked. */
export function countDownloadAnswer(status: number): void {
  metrics().downloads.inc({ outcome: OUTCOMES[status] ?? (status >= 500 ? "failed" : "refused") });
}
