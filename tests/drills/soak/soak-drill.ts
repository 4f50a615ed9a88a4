import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "#scripts/embedded-postgres.ts";
import { startTopology, type Topology } from "#tests/support/start-topology.ts";
import { printTable } from "../../../bench/print-table.ts";
import type { Drill, DrillResult, DrillTable } from "../drill.ts";
import { describeErrors, errorsOf, Measures, percentile } from "../measures.ts";
import { anyListing, download, poll, publishSome, readApi, readPage, search, setScene, type Scene } from "../scene.ts";
import { steadily } from "../steadily.ts";
import { fitLine, type Slope } from "./fit-line.ts";
import { sampleProcesses, type Sample } from "./sample-processes.ts";

/** A slope counts as growth when it is no accident (so many standard errors) and also worth a look: share of the mean and units, each per hour. */
const GROWTH = { errors: 3, share: 0.05, units: { "rss MB": 8, "heap MB": 4, descriptors: 3, threads: 2, connections: 2 } } as const satisfies { errors: number; share: number; units: Record<Sample["quantity"], number> };
/** The machine may have other work: slow answers show in the times, and only none at all is a failure. */
const PATIENCE_MS = 60_000;
/** A shorter run says whether anything fails; every process still grows into its caches. */
const LEAST_SECONDS = 600;
/** Judged; the others' programs are shown only. */
const OURS = /^(?:web-\d+|worker|postgres from )/;

/** Steady mixed load on the whole topology: does anything grow that should not, does anything fail? */
export const soakDrill: Drill = {
  question: "does anything grow, or fail, under steady load?",
  options: { minutes: "60", "warm-up": "0", every: "30", polls: "100", downloads: "5", pages: "3", searches: "2", reads: "3", publish: "5", listings: "48", out: "" },
  run: async ({ options, say, signal }) => {
    const number = (name: string) => Number(options[name]);
    const out = options["out"] === "" ? mkdtempSync(join(tmpdir(), "kos-soak-")) : resolve(process.env["KOS_CALLER_DIR"] ?? ".", options["out"] ?? "");
    mkdirSync(out, { recursive: true });
    const metricsPort = await freePort();
    const topology = await startTopology({ environment: { WORKER_METRICS_PORT: String(metricsPort) } });
    try {
      const measures = new Measures("ended");
      const scene = await setScene(topology, measures, { listings: number("listings"), callers: 60, patienceMs: PATIENCE_MS });
      measures.phase = "soak";
      say(`the load runs for ${number("minutes")} minutes; samples in ${out}`);
      const seconds = number("minutes") * 60;
      const over = new AbortController();
      const ending = AbortSignal.any([signal, over.signal]);
      ending.addEventListener("abort", () => scene.ending.abort());
      void untilOver(measures, seconds, ending).then(() => over.abort());
      const load = runLoad(scene, ending, number);
      const series = await watch(topology, `http://127.0.0.1:${metricsPort}/metrics`, { out, every: number("every"), signal: ending, say });
      await load;
      const warmUp = number("warm-up") > 0 ? number("warm-up") * 60 : seconds / 4;
      const result = judge(series, measures, warmUp);
      writeFileSync(join(out, "result.txt"), `${result.tables.map(({ title, columns, rows }) => `${title}\n\n${printTable(columns, rows)}\n`).join("\n")}\n${result.broken.join("\n")}\n`);
      for (const caller of scene.callers) caller.close();
      return result;
    } finally {
      await topology.stop();
    }
  },
};

/** After so many seconds; on a slow machine a minute later at most, once something was published. */
async function untilOver(measures: Measures, seconds: number, signal: AbortSignal): Promise<void> {
  const wait = (ms: number) => delay(ms, undefined, { signal }).catch(() => undefined);
  await wait(seconds * 1000);
  for (const last = Date.now() + 60_000; publishedIn(measures) === 0 && Date.now() < last && !signal.aborted; ) await wait(200);
}

const publishedIn = (measures: Measures): number => measures.cell("publish, until it is out", "soak").requests;

async function runLoad(scene: Scene, signal: AbortSignal, number: (name: string) => number): Promise<void> {
  await Promise.all([
    steadily(number("polls"), signal, (n) => poll(scene, n)),
    steadily(number("downloads"), signal, () => download(scene, anyListing(scene))),
    steadily(number("pages"), signal, (n) => readPage(scene, n)),
    steadily(number("searches"), signal, (n) => search(scene, n)),
    steadily(number("reads"), signal, () => readApi(scene)),
    steadily(1 / number("publish"), signal, () => publishSome(scene)),
  ]);
}

type Series = Map<string, { sample: Sample; points: [seconds: number, value: number][] }>;

/** Samples every so many seconds into `samples.csv` and returns all of them. */
async function watch(topology: Topology, workerMetrics: string, input: { out: string; every: number; signal: AbortSignal; say: (line: string) => void }): Promise<Series> {
  const file = join(input.out, "samples.csv");
  writeFileSync(file, "seconds,process,quantity,value\n");
  const series: Series = new Map();
  const started = performance.now();
  for (let round = 1; !input.signal.aborted; round++) {
    const seconds = Math.round((performance.now() - started) / 1000);
    try {
      for (const sample of await sampleProcesses(topology, workerMetrics)) {
        appendFileSync(file, `${seconds},${sample.process},${sample.quantity},${round2(sample.value)}\n`);
        const key = `${sample.process}\n${sample.quantity}`;
        if (!series.has(key)) series.set(key, { sample, points: [] });
        series.get(key)?.points.push([seconds, sample.value]);
      }
    } catch (error) {
      input.say(`no sample after ${seconds} s: ${error instanceof Error ? error.message : String(error)}`);
    }
    await delay(Math.max(0, started + round * input.every * 1000 - performance.now()), undefined, { signal: input.signal }).catch(() => undefined);
  }
  return series;
}

const round2 = (value: number): string => String(Math.round(value * 100) / 100);

function judge(series: Series, measures: Measures, warmUp: number): DrillResult {
  const broken: string[] = [];
  const rows: string[][] = [];
  for (const { sample, points } of [...series.values()].sort((a, b) => compare(a.sample, b.sample))) {
    const slope = fitLine(points.filter(([seconds]) => seconds >= warmUp));
    if (slope === null) continue;
    const observed = (points.at(-1)?.[0] ?? 0) - warmUp;
    const grows = observed >= LEAST_SECONDS && isGrowth(sample, slope);
    if (grows && OURS.test(sample.process)) broken.push(`${sample.process}: ${sample.quantity} grows by ${round2(slope.perHour)} per hour (± ${round2(slope.error)})`);
    rows.push([`${sample.process}, ${sample.quantity}`, round2(slope.mean), round2(points.at(-1)?.[1] ?? 0), round2(slope.perHour), round2(slope.error), grows ? "growing" : observed < LEAST_SECONDS ? "too short" : "flat"]);
  }
  if (rows.length === 0) broken.push("too few samples after the warm-up to say anything");
  if (publishedIn(measures) === 0) broken.push("nothing was published meanwhile");
  for (const kind of measures.kinds()) if (errorsOf(measures.cell(kind, "soak")) > 0) broken.push(`${kind}: ${describeErrors(measures.cell(kind, "soak"))}`);
  return { tables: [{ title: `What the processes hold, after a warm-up of ${Math.round(warmUp / 60)} min`, columns: ["", "mean", "last", "per hour", "std. error", "verdict"], rows }, loadTable(measures)], broken };
}

function compare(a: Sample, b: Sample): number {
  return a.quantity.localeCompare(b.quantity) || a.process.localeCompare(b.process);
}

function isGrowth({ quantity }: Sample, { mean, perHour, error }: Slope): boolean {
  return perHour > GROWTH.errors * error && perHour > GROWTH.share * mean && perHour > GROWTH.units[quantity];
}

function loadTable(measures: Measures): DrillTable {
  const rows = measures.kinds().map((kind) => {
    const cell = measures.cell(kind, "soak");
    return [kind, String(cell.requests), describeErrors(cell), percentile(cell.times, 0.5), percentile(cell.times, 0.99)];
  });
  return { title: "The load, as a client saw it", columns: ["", "requests", "errors", "p50 ms", "p99 ms"], rows };
}
