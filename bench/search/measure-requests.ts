import { Agent, get } from "node:http";

export interface Measured {
  p50: number;
  p99: number;
  perSecond: number;
  requests: number;
}

let client = 0;

/** Asks paths one after another, `concurrency` at a time, for at least `milliseconds` and `least` requests; latencies in milliseconds. */
export async function measureRequests(origin: string, path: (number: number) => string, load: { concurrency: number; milliseconds: number; least: number }): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.concurrency });
  const times: number[] = [];
  let asked = 0;
  const began = performance.now();
  const ask = async (): Promise<void> => {
    while (performance.now() - began < load.milliseconds || asked < load.least) {
      const number = asked++;
      const sent = performance.now();
      await read(`${origin}${path(number)}`, agent);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: load.concurrency }, ask));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), perSecond: times.length / seconds, requests: times.length };
}

/** The value that this share of the values does not exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One request from an address of its own, since limits count by address; throws on anything but 200. */
export async function read(url: string, agent: Agent | undefined = undefined, headers: Record<string, string> = {}): Promise<{ body: Buffer; firstByteMs: number }> {
  client = (client + 1) % 0xffffff;
  const from = `10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`;
  const sent = performance.now();
  return await new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { "x-forwarded-for": from, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      let firstByteMs = Number.NaN;
      response.on("data", (chunk: Buffer) => {
        if (chunks.length === 0) firstByteMs = performance.now() - sent;
        chunks.push(chunk);
      });
      response.on("end", () => (response.statusCode === 200 ? resolve({ body: Buffer.concat(chunks), firstByteMs }) : reject(new Error(`${url} answered ${response.statusCode}: ${Buffer.concat(chunks).toString().slice(0, 500)}`))));
      response.on("error", reject);
    });
    request.on("error", reject);
  });
}
