import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Server as SocketServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

export interface DrainInput {
  /** How long the server goes on accepting, while every answer closes its connection. 0: not at all. Longer than a proxy passes over another server that was just restarted. */
  drainMs: number;
  /** How long requests under way may take once nothing new is accepted. */
  deadlineMs: number;
}

/** How long a connection that was just accepted may take to bring its request. */
const SETTLE_MS = 250;
const SWEEP_MS = 50;

/**
 * Stops a server so that a proxy in front of it loses no request, and resolves when the last answer has left.
 *
 * 1. Every answer says `Connection: close` and `/readyz` is 503: kept-alive connections end after an answer, never
 *    under a request that is on its way, and active health checks see it.
 * 2. The listener closes right after a poll for connections, so that none is left waiting unaccepted; from then on
 *    connections are refused, which every proxy takes to the next server, whatever the method.
 * 3. A moment later idle connections close: what had just been accepted has sent its request by then.
 * 4. Requests under way end, at most `deadlineMs`; what is left then is cut off.
 */
export async function drainServer(server: Server, { drainMs, deadlineMs }: DrainInput): Promise<void> {
  closeAfterEachAnswer(server);
  if (drainMs > 0) await delay(drainMs);
  await new Promise<void>((resolve) => setImmediate(resolve));
  // The close of an HTTP server would end idle connections at once, one that was accepted a moment ago included.
  const closed = new Promise<void>((resolve) => SocketServer.prototype.close.call(server, () => resolve()));
  if (drainMs > 0) await Promise.race([closed, delay(SETTLE_MS)]);
  // Again and again: an answer to a request from before the stop leaves its connection open.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  server.closeIdleConnections();
  await Promise.race([closed, delay(deadlineMs, undefined, { ref: false })]);
  clearInterval(sweep);
  server.closeAllConnections();
}

function closeAfterEachAnswer(server: Server): void {
  const listeners = server.listeners("request") as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false;
    if (request.url === "/readyz") {
      response.writeHead(503, { "content-type": "application/json", "cache-control": "no-store" }).end('{"ok":false,"stopping":true}');
      return;
    }
    for (const listener of listeners) listener.call(server, request, response);
  });
}
