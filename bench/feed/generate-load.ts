import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const autocannon = join(import.meta.dirname, "..", "..", "node_modules", "autocannon", "autocannon.js");
const CONNECTIONS = 16;

export interface LoadGenerator {
  name: "wrk" | "autocannon";
  version: string;
  core: number;
}

/** wrk where the system has it, since autocannon itself cannot fill a core of nginx; else autocannon. */
export function findLoadGenerator(core: number): LoadGenerator {
  const wrk = spawnSync("wrk", ["-v"], { encoding: "utf8" });
  const version = /wrk \S+/.exec(wrk.stdout ?? "")?.[0];
  return version === undefined ? { name: "autocannon", version: "autocannon", core } : { name: "wrk", version, core };
}

/** Keeps 16 connections busy for `seconds`; returns the requests answered. Throws on any error or status above 399. */
export async function generateLoad(generator: LoadGenerator, url: string, headers: Record<string, string>, seconds: number): Promise<number> {
  const { stdout } = await run("taskset", ["-c", String(generator.core), ...commandOf(generator, headers, seconds), url], { timeout: (seconds + 20) * 1000, maxBuffer: 2 ** 24 });
  const requests = generator.name === "wrk" ? readWrk(stdout) : readAutocannon(stdout);
  if (requests === 0) throw new Error(`no request was answered at ${url}`);
  return requests;
}

/** The command for the record. */
export function describeLoad(generator: LoadGenerator, headers: Record<string, string>, seconds: number): string {
  const shown = commandOf(generator, headers, seconds).map((part) => (part === process.execPath ? "node" : part === autocannon ? "autocannon" : part.includes(" ") ? `'${part}'` : part));
  return `taskset -c ${generator.core} ${shown.join(" ")} <url>`;
}

function commandOf(generator: LoadGenerator, headers: Record<string, string>, seconds: number): string[] {
  const lines = Object.entries(headers).flatMap(([name, value]) => ["-H", generator.name === "wrk" ? `${name}: ${value}` : `${name}=${value}`]);
  if (generator.name === "wrk") return ["wrk", "-t1", `-c${CONNECTIONS}`, `-d${seconds}s`, ...lines];
  return [process.execPath, autocannon, "--json", "--no-progress", "-c", String(CONNECTIONS), "-d", String(seconds), ...lines];
}

function readWrk(output: string): number {
  const fault = /Non-2xx or 3xx responses: .*|Socket errors: .*/.exec(output)?.[0];
  if (fault !== undefined) throw new Error(fault);
  return Number(/(\d+) requests in/.exec(output)?.[1] ?? 0);
}

function readAutocannon(output: string): number {
  const result = JSON.parse(output) as { errors: number; "2xx": number; "3xx": number; "4xx": number; "5xx": number };
  if (result.errors + result["4xx"] + result["5xx"] > 0) throw new Error(`${result.errors} errors, ${result["4xx"]} answers 4xx, ${result["5xx"]} answers 5xx`);
  return result["2xx"] + result["3xx"];
}
