import { Agent, request, type IncomingHttpHeaders } from "node:http";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

/** A client as those outside are: kept-alive connections, from one of this machine's many loopback addresses, so that limits count it alone. */
export class Caller {
  private readonly agent: Agent;
  private readonly patienceMs: number;

  /** `patienceMs` is how long it waits for the last byte. */
  constructor(place: number, patienceMs: number, connections = 64) {
    this.patienceMs = patienceMs;
    const localAddress = `127.0.${2 + (Math.floor(place / 250) % 250)}.${1 + (place % 250)}`;
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, maxFreeSockets: connections, ...(process.platform === "linux" ? { localAddress } : {}) });
  }

  /** Rejects when no whole answer comes. */
  ask(url: string, init: Ask = {}): Promise<Answer> {
    const target = new URL(url);
    const { patienceMs } = this;
    return new Promise((resolve, reject) => {
      // The proxy listens on one address; a name could stand for two.
      const host = target.hostname === "localhost" ? "127.0.0.1" : target.hostname;
      const headers = { host: target.host, ...init.headers, ...(init.body === undefined ? {} : { "content-length": String(init.body.length) }) };
      const sent = request({ agent: this.agent, host, port: target.port, path: target.pathname + target.search, method: init.method ?? "GET", headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", done).on("end", () => {
          clearTimeout(timer);
          if (!answer.complete) return reject(new Error("the answer broke off"));
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) });
        });
      });
      const done = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
      sent.on("error", done).end(init.body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
