import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

export interface LoadAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface LoadKind {
  name: string;
  /** Loops side by side. */
  loops: number;
  /** Pause of a loop between two requests. */
  pauseMs: number;
  /** Sends the `n`th request of a loop; throws when the answer is not the right one. */
  send: (client: LoadClient, n: number) => Promise<void>;
}

export interface LoadClient {
  /** Which loop, over all kinds. */
  index: number;
  ask: (url: string, init?: { method?: string; headers?: Record<string, string>; body?: Buffer }) => Promise<LoadAnswer>;
}

export interface LoadReport {
  total: number;
  byKind: Record<string, number>;
  /** One line for each request that failed. */
  failures: string[];
}

/**
 * Sends all kinds of requests until `work` settles, and reports every one that failed: an error of the connection, or
 * an answer that `send` throws at. Each loop comes from a loopback address of its own, so that limits count it alone.
 */
export async function underLoad(kinds: LoadKind[], work: () => Promise<void>): Promise<LoadReport> {
  const report: LoadReport = { total: 0, byKind: Object.fromEntries(kinds.map(({ name }) => [name, 0])), failures: [] };
  const running = { now: true };
  const loops = kinds.flatMap((kind) => Array.from({ length: kind.loops }, () => kind)).map((kind, index) => loop(kind, index, running, report));
  try {
    await work();
  } finally {
    running.now = false;
    await Promise.all(loops);
  }
  return report;
}

async function loop(kind: LoadKind, index: number, running: { now: boolean }, report: LoadReport): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress: process.platform === "linux" ? `127.0.1.${index + 1}` : undefined });
  const client: LoadClient = { index, ask: (url, init = {}) => ask(agent, url, init) };
  for (let n = 0; running.now; n++) {
    const started = Date.now();
    try {
      await kind.send(client, n);
    } catch (error) {
      report.failures.push(`${kind.name} ${index}.${n} after ${Date.now() - started} ms: ${error instanceof Error ? error.message : String(error)}`);
    }
    report.total++;
    report.byKind[kind.name] = (report.byKind[kind.name] ?? 0) + 1;
    await delay(kind.pauseMs);
  }
  agent.destroy();
}

function ask(agent: Agent, url: string, init: { method?: string; headers?: Record<string, string>; body?: Buffer }): Promise<LoadAnswer> {
  const target = new URL(url);
  return new Promise((resolve, reject) => {
    // The proxy listens on one address; a name could stand for two.
    const sent = request({ agent, host: target.hostname === "localhost" ? "127.0.0.1" : target.hostname, port: target.port, path: target.pathname + target.search, method: init.method ?? "GET", headers: { host: target.host, ...init.headers, ...(init.body === undefined ? {} : { "content-length": init.body.length }) }, timeout: 30_000 }, (answer) => {
      let body = "";
      answer.setEncoding("utf8").on("data", (text: string) => (body += text)).on("error", reject).on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer within 30 s"))).on("error", reject).end(init.body);
  });
}
