import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { startTopology, type Topology } from "#tests/support/start-topology.ts";
import { publishService } from "#tests/support/submissions.ts";
import { waitFor } from "#tests/support/wait-for.ts";
import type { Benchmark, Measured } from "./benchmark.ts";

const run = promisify(execFile);
const ROUNDS = 3;
const SECONDS = 4;
const CONNECTIONS = 32;

interface Round {
  way: string;
  request: string;
  round: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Polls and downloads of the whole registry as processes on one machine, through nginx and past it. */
export const topologyBenchmark: Benchmark = {
  question: "polls and downloads per second, and their p99, of two web processes through nginx and of one past it",
  async run(say) {
    const wrk = await run("wrk", ["-v"]).catch((error: { stdout?: string }) => error);
    const version = /wrk \S+/.exec(wrk.stdout ?? "")?.[0];
    if (version === undefined) throw new Error("the topology benchmark needs wrk (Debian: apt-get install wrk): autocannon takes a core to itself at these rates");
    const topology = await startTopology();
    try {
      const id = await publishOne(topology);
      const rounds: Round[] = [];
      for (let round = 1; round <= ROUNDS; round++) {
        for (const { request, path, headers } of await requestsOf(topology, id)) {
          for (const [way, url] of [["through nginx", topology.url.replace("localhost", "127.0.0.1")], ["one process", topology.webs[0]?.url ?? ""]] as const) {
            rounds.push({ way, request, round, ...(await load(url + path, { ...headers, Host: new URL(topology.url).host })) });
          }
        }
        say(`  round ${round} of ${ROUNDS}`);
      }
      return report(topology, rounds, version);
    } finally {
      await topology.stop();
    }
  },
};

async function publishOne(topology: Topology): Promise<string> {
  const principal = await makePerson(topology.deps);
  const id = uniqueName("measured");
  await publishService(topology.deps, { principal, publisher: await makePublisher(topology.deps, principal) }, id);
  for (const web of topology.webs) await waitFor(`${web.name} shows it`, async () => ((await (await fetch(`${web.url}/api/feed.json`)).text()).includes(id) ? true : undefined));
  return id;
}

async function requestsOf(topology: Topology, id: string): Promise<{ request: string; path: string; headers: Record<string, string> }[]> {
  const gzip = { "Accept-Encoding": "gzip" };
  const etag = (await topology.request("/api/feed.json", { headers: { "accept-encoding": "gzip" } })).headers.get("etag") ?? "";
  return [
    { request: "poll 304", path: "/api/feed.json", headers: { ...gzip, "If-None-Match": etag } },
    { request: "full gzip", path: "/api/feed.json", headers: gzip },
    { request: "download 302", path: `/api/service/${id}/download`, headers: {} },
  ];
}

async function load(url: string, headers: Record<string, string>): Promise<Pick<Round, "perSecond" | "p50Ms" | "p99Ms">> {
  const lines = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const { stdout } = await run("wrk", ["-t1", `-c${CONNECTIONS}`, `-d${SECONDS}s`, "--latency", "--timeout", "10s", ...lines, url]);
  const fault = /Non-2xx or 3xx responses: .*|Socket errors: .*/.exec(stdout)?.[0];
  if (fault !== undefined) throw new Error(`${url}: ${fault}`);
  return { perSecond: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])), p50Ms: milliseconds(stdout, "50%"), p99Ms: milliseconds(stdout, "99%") };
}

function milliseconds(output: string, share: string): number {
  const [, value = "NaN", unit = ""] = new RegExp(`${share}\\s+([\\d.]+)(us|ms|s)`).exec(output) ?? [];
  return Math.round(Number(value) * ({ us: 0.001, ms: 1, s: 1000 }[unit] ?? Number.NaN) * 100) / 100;
}

function report(topology: Topology, rounds: Round[], wrk: string): Measured {
  const groups = new Map<string, Round[]>();
  for (const round of rounds) groups.set(`${round.request}, ${round.way}`, [...(groups.get(`${round.request}, ${round.way}`) ?? []), round]);
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  return {
    columns: ["request", "way", "per second", "p50, ms", "p99, ms"],
    rows: [...groups.values()].map((group) => [group[0]?.request ?? "", group[0]?.way ?? "", String(median(group.map((one) => one.perSecond))), median(group.map((one) => one.p50Ms)).toFixed(2), median(group.map((one) => one.p99Ms)).toFixed(2)]),
    commands: [`wrk -t1 -c${CONNECTIONS} -d${SECONDS}s --latency --timeout 10s -H 'Accept-Encoding: gzip' -H 'If-None-Match: <etag>' <url>/api/feed.json`],
    facts: { postgres: topology.postgres.version, wrk, webProcesses: topology.webs.length, connections: CONNECTIONS, rounds: ROUNDS, secondsPerRound: SECONDS },
    raw: rounds,
    skipped: [],
  };
}
