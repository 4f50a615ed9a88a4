import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createSession, ensureUser, sessionCookie } from "#lib/accounts/index.ts";
import { findNginx } from "#tests/support/find-nginx.ts";
import type { Benchmark, Measured } from "./benchmark.ts";
import { processorSeconds } from "./feed/processor-seconds.ts";
import { loadPages, wrkVersion, type Load } from "./page/load-pages.ts";
import { startPlainNext } from "./page/start-plain-next.ts";
import { read } from "./search/measure-requests.ts";
import { seedListings } from "./search/seed-listings.ts";
import { startInstance, type Instance } from "./search/start-instance.ts";
import { serveFiles } from "./serve-files.ts";

const LISTINGS = 1_000;
const SECONDS = 3;
const WARM_UP_SECONDS = 2;
const ROUNDS = 3;
const [SERVER_CORE, LOAD_CORE] = [0, Math.min(1, cpus().length - 1)];
const PAGES = [
  { name: "home", path: "/" },
  { name: "listing", path: "/listings/amber-anchor-agent" },
  { name: "search", path: "/search?q=model" },
  { name: "publisher", path: "/publishers/bench-publisher-3" },
] as const;

/** One way to be answered, of one server. */
interface Way {
  page: string;
  way: string;
  url: string;
  pid: number;
  headers: Record<string, string>;
}

interface Sample extends Load {
  page: string;
  way: string;
  round: number;
  microseconds: number;
}

/** The pages as anonymous readers get them from memory and as they are rendered, beside nginx and Next alone, all on one core. */
export const pageBenchmark: Benchmark = {
  question: "Requests per second, latency and processor time of the pages: from memory, rendered, unchanged",
  async run(say) {
    const wrk = wrkVersion();
    if (wrk === null || process.platform !== "linux") throw new Error("the page benchmark needs Linux with `wrk` and `taskset`");
    const stops: (() => Promise<void>)[] = [];
    const folder = mkdtempSync(join(tmpdir(), "kos-bench-"));
    chmodSync(folder, 0o755);
    stops.push(async () => await Promise.resolve(rmSync(folder, { recursive: true, force: true })));
    try {
      const instance = await startInstance(say, SERVER_CORE);
      stops.unshift(instance.stop);
      await seedListings(instance.databaseUrl, 0, LISTINGS);
      const { ways, skipped, versions } = await prepare(instance, folder, stops);
      for (const way of ways) {
        if (!("if-none-match" in way.headers)) await read(way.url, undefined, way.headers);
        await loadPages(LOAD_CORE, way.url, way.headers, WARM_UP_SECONDS);
      }
      const samples: Sample[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        for (const way of ways) samples.push(await sample(way, round));
        say(`  round ${round} of ${ROUNDS}`);
      }
      return report(samples, ways, { wrk, ...versions }, skipped);
    } finally {
      for (const stop of stops) await stop();
    }
  },
};

async function prepare(instance: Instance, folder: string, stops: (() => Promise<void>)[]): Promise<{ ways: Way[]; skipped: string[]; versions: Record<string, string> }> {
  const cookie = await signIn(instance);
  const next = await startPlainNext(instance.environment, SERVER_CORE);
  stops.unshift(next.stop);
  const pages = await Promise.all(PAGES.map(async (page) => ({ ...page, file: `${page.name}.html`, bytes: (await read(`${instance.url}${page.path}`)).body })));
  const [asset = ""] = /\/_next\/static\/[^"]+\.js/.exec((await read(`${instance.url}/`)).body.toString()) ?? [];
  const bodies = [...pages.map(({ file, bytes }) => ({ name: file, bytes })), { name: "asset.js", bytes: (await read(`${instance.url}${asset}`)).body }];
  const program = findNginx();
  const files = bodies.map(({ name, bytes }) => ({ name, bytes, gzip: gzipSync(bytes) }));
  const nginx = program === undefined ? null : await serveFiles(program, { folder, core: SERVER_CORE, contentType: "text/html", files });
  if (nginx !== null) stops.unshift(nginx.stop);
  const gzip = { "accept-encoding": "gzip" };
  const ways: Way[] = [];
  for (const { name, path, file } of pages) {
    ways.push({ page: name, way: "registry, from memory", url: `${instance.url}${path}`, pid: instance.pid, headers: gzip });
    ways.push({ page: name, way: "registry, rendered", url: `${instance.url}${path}`, pid: instance.pid, headers: { ...gzip, cookie } });
    ways.push({ page: name, way: "Next alone, rendered", url: `${next.url}${path}`, pid: next.pid, headers: { ...gzip, cookie } });
    if (nginx !== null) ways.push({ page: name, way: "nginx, a file", url: `${nginx.url}/${file}`, pid: nginx.pid, headers: gzip });
  }
  ways.push({ page: "script", way: "registry, a file", url: `${instance.url}${asset}`, pid: instance.pid, headers: gzip });
  ways.push({ page: "script", way: "Next alone, a file", url: `${next.url}${asset}`, pid: next.pid, headers: gzip });
  if (nginx !== null) ways.push({ page: "script", way: "nginx, a file", url: `${nginx.url}/asset.js`, pid: nginx.pid, headers: gzip });
  const etag = await tagOf(`${instance.url}${asset}`);
  if (etag !== null) ways.push({ page: "script", way: "registry, unchanged (304)", url: `${instance.url}${asset}`, pid: instance.pid, headers: { ...gzip, "if-none-match": etag } });
  return { ways, skipped: nginx === null ? ["nginx: not installed"] : [], versions: nginx === null ? {} : { nginx: nginx.version } };
}

async function signIn({ deps, environment }: Instance): Promise<string> {
  const user = await ensureUser(deps.db, "benchmark@registry.example");
  const { token } = await deps.db.$transaction(async (tx) => await createSession(tx, user.id, deps.now()));
  return `${sessionCookie(environment["PUBLIC_URL"] ?? "").name}=${token}`;
}

async function tagOf(url: string): Promise<string | null> {
  const response = await fetch(url, { headers: { "accept-encoding": "gzip" } });
  await response.arrayBuffer();
  return response.headers.get("etag");
}

async function sample({ page, way, url, pid, headers }: Way, round: number): Promise<Sample> {
  const before = processorSeconds(pid);
  const load = await loadPages(LOAD_CORE, url, headers, SECONDS);
  return { page, way, round, ...load, microseconds: ((processorSeconds(pid) - before) * 1e6) / load.requests };
}

function report(samples: Sample[], ways: Way[], facts: Record<string, string>, skipped: string[]): Measured {
  const median = (way: Way, of: (sample: Sample) => number) => samples.filter((sample) => sample.page === way.page && sample.way === way.way).map(of).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  return {
    columns: ["page and way", "per second", "p50, ms", "p99, ms", "CPU, µs", "to nginx"],
    rows: ways.map((way) => {
      const nginx = ways.find((other) => other.page === way.page && other.way === "nginx, a file");
      const cpu = median(way, (sample) => sample.microseconds);
      return [`${way.page}: ${way.way}`, median(way, (sample) => sample.perSecond).toFixed(0), median(way, (sample) => sample.p50).toFixed(2), median(way, (sample) => sample.p99).toFixed(2), cpu.toFixed(0), nginx === undefined ? "–" : `${(cpu / median(nginx, (sample) => sample.microseconds)).toFixed(1)}×`];
    }),
    commands: [`taskset -c ${SERVER_CORE} node server.ts`, `taskset -c ${SERVER_CORE} node bench/page/plain-server.ts`, `taskset -c ${SERVER_CORE} nginx -c nginx.conf`, `taskset -c ${LOAD_CORE} wrk -t1 -c8 -d${SECONDS}s --latency <url>`],
    facts: { listings: LISTINGS, rounds: ROUNDS, secondsPerRound: SECONDS, ...facts },
    raw: samples,
    skipped,
  };
}
