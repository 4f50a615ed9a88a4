import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const CONNECTIONS = 8;

export interface Load {
  requests: number;
  perSecond: number;
  p50: number;
  p99: number;
}

/** The version of wrk here; null where there is none. */
export function wrkVersion(): string | null {
  return /wrk \S+/.exec(spawnSync("wrk", ["-v"], { encoding: "utf8" }).stdout ?? "")?.[0] ?? null;
}

/** Keeps eight connections busy from a core of its own; latencies in milliseconds. Throws on any error or status above 399. */
export async function loadPages(core: number, url: string, headers: Record<string, string>, seconds: number): Promise<Load> {
  const { stdout } = await run("taskset", ["-c", String(core), "wrk", "-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, "--timeout", "20s", "--latency", ...Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]), url], { timeout: (seconds + 30) * 1000 });
  const fault = /Non-2xx or 3xx responses: .*|Socket errors: .*/.exec(stdout)?.[0];
  if (fault !== undefined) throw new Error(`${url}: ${fault}`);
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1] ?? 0);
  if (requests === 0) throw new Error(`no request was answered at ${url}`);
  return { requests, perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]), p50: milliseconds(stdout, "50%"), p99: milliseconds(stdout, "99%") };
}

function milliseconds(output: string, share: string): number {
  const [, value, unit] = new RegExp(`\\s${share}\\s+([\\d.]+)(us|ms|s)`).exec(output) ?? [];
  return Number(value) * (unit === "us" ? 0.001 : unit === "s" ? 1_000 : 1);
}
