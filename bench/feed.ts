import { existsSync, readFileSync } from "node:fs";
import type { Benchmark, Measured } from "./benchmark.ts";
import { buildFeed, type BuiltFeed } from "./feed/build-feed.ts";
import { describeLoad, findLoadGenerator, generateLoad, type LoadGenerator } from "./feed/generate-load.ts";
import { processorSeconds } from "./feed/processor-seconds.ts";
import type { Peer } from "./feed/peer.ts";
import { startNext } from "./feed/start-next.ts";
import { startNginx } from "./feed/start-nginx.ts";
import { startRegistry } from "./feed/start-registry.ts";
import { verifyAnswers } from "./feed/verify-answers.ts";

const ROUNDS = 3;
const SECONDS = 3;
const WARM_UP_SECONDS = 2;
const REQUESTS = ["poll", "full"] as const;
type RequestKind = (typeof REQUESTS)[number];

interface Round {
  peer: string;
  request: RequestKind;
  round: number;
  requests: number;
  cpuSeconds: number;
  microseconds: number;
}

/** CPU of the serving processes per request, for the same feed, on the same core, one server after another. */
export const feedBenchmark: Benchmark = {
  question: "CPU microseconds per conditional poll (304) and per full gzip answer of the feed",
  async run(say) {
    const [serverCore, loadCore] = chooseCores();
    const feed = await buildFeed(say);
    const peers: Peer[] = [];
    try {
      const skipped: string[] = [];
      for (const start of [startRegistry, startNginx, startNext]) {
        const started = await start(feed, serverCore, say);
        if ("skipped" in started) skipped.push(started.skipped);
        else peers.push(started);
      }
      const generator = findLoadGenerator(loadCore);
      const rounds = await measure(peers, feed, generator, say);
      return report(feed, peers, generator, rounds, skipped);
    } finally {
      await Promise.all(peers.map((peer) => peer.stop()));
      await feed.remove();
    }
  },
};

/** The first two cores that this process may use; with one core both share it, and CPU time still tells them apart. */
function chooseCores(): [number, number] {
  if (process.platform !== "linux" || !["/usr/bin/taskset", "/bin/taskset"].some(existsSync)) throw new Error("the feed benchmark needs Linux and `taskset` (util-linux): it pins processes and reads /proc");
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] ?? "0";
  const cores = list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  return [cores[0] ?? 0, cores[1] ?? cores[0] ?? 0];
}

/** Rounds go round the peers, so that a disturbance does not fall on one of them only. */
async function measure(peers: Peer[], feed: BuiltFeed, generator: LoadGenerator, say: (line: string) => void): Promise<Round[]> {
  const etags = new Map<Peer, string>();
  for (const peer of peers) {
    const etag = await verifyAnswers(peer, feed);
    etags.set(peer, etag);
    for (const request of REQUESTS) await generateLoad(generator, peer.url, headersOf(request, etag), WARM_UP_SECONDS);
  }
  const rounds: Round[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    for (const request of REQUESTS) {
      for (const peer of peers) {
        const before = processorSeconds(peer.pid);
        const requests = await generateLoad(generator, peer.url, headersOf(request, etags.get(peer) ?? ""), SECONDS);
        const cpuSeconds = processorSeconds(peer.pid) - before;
        rounds.push({ peer: peer.name, request, round, requests, cpuSeconds: rounded(cpuSeconds), microseconds: rounded((cpuSeconds * 1e6) / requests) });
      }
    }
    say(`  round ${round} of ${ROUNDS}`);
  }
  for (const peer of peers) await verifyAnswers(peer, feed);
  return rounds;
}

function headersOf(request: RequestKind, etag: string): Record<string, string> {
  return { "accept-encoding": "gzip", ...(request === "poll" ? { "if-none-match": etag } : {}) };
}

function report(feed: BuiltFeed, peers: Peer[], generator: LoadGenerator, rounds: Round[], skipped: string[]): Measured {
  const cells = (peer: Peer) => REQUESTS.flatMap((request) => summary(rounds, peer.name, request));
  return {
    columns: ["server", ...REQUESTS.flatMap((request) => [`${request === "poll" ? "poll 304" : "full gzip"}, µs`, "min–max", "to nginx"])],
    rows: peers.map((peer) => [peer.name, ...cells(peer)]),
    commands: [...peers.map((peer) => peer.command), ...REQUESTS.map((request) => describeLoad(generator, headersOf(request, "<etag>"), SECONDS))],
    facts: { listings: feed.entries, feedBytes: feed.bytes.length, gzipBytes: feed.gzip.length, loadGenerator: generator.version, rounds: ROUNDS, secondsPerRound: SECONDS, ...Object.fromEntries(peers.map((peer) => [peer.name, peer.version])) },
    raw: rounds,
    skipped,
  };
}

function summary(rounds: Round[], peer: string, request: RequestKind): string[] {
  const sorted = (name: string) => rounds.filter((round) => round.peer === name && round.request === request).map((round) => round.microseconds).sort((a, b) => a - b);
  const median = (values: number[]) => values[Math.floor(values.length / 2)] ?? Number.NaN;
  const [mine, theirs] = [sorted(peer), sorted("nginx")];
  const ratio = median(mine) / median(theirs);
  return [median(mine).toFixed(1), `${mine[0]?.toFixed(1)}–${mine.at(-1)?.toFixed(1)}`, Number.isNaN(ratio) ? "–" : `${ratio.toFixed(2)}×`];
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
