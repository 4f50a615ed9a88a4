import type { Benchmark } from "./benchmark.ts";
import { prepareClient } from "#scripts/prepare-build.ts";
import { machineFacts } from "./machine-facts.ts";
import { printTable } from "./print-table.ts";
import { writeResults } from "./write-results.ts";

/** Every benchmark by the name that `npm run bench -- NAME` takes; loaded only when it runs. */
const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  feed: async () => (await import("./feed.ts")).feedBenchmark,
  package: async () => (await import("./package.ts")).packageBenchmark,
  page: async () => (await import("./page.ts")).pageBenchmark,
  search: async () => (await import("./search.ts")).searchBenchmark,
  signature: async () => (await import("./signature.ts")).signatureBenchmark,
  topology: async () => (await import("./topology.ts")).topologyBenchmark,
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function runOne(name: string, open: () => Promise<Benchmark>): Promise<void> {
  const benchmark = await open();
  say(`\n${name}: ${benchmark.question}`);
  const machine = machineFacts();
  const date = new Date();
  const measured = await benchmark.run(say);
  const seconds = Math.round((Date.now() - date.getTime()) / 1000);
  const file = writeResults(name, benchmark.question, { date: date.toISOString(), seconds, machine, ...measured });
  process.stdout.write(`\n${printTable(measured.columns, measured.rows)}\n`);
  for (const reason of measured.skipped) process.stdout.write(`skipped: ${reason}\n`);
  say(`Raw numbers: ${file} (${seconds} s)`);
}

async function main(names: string[]): Promise<void> {
  const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown.length > 0) {
    say(`No benchmark is called ${unknown.join(", ")}. There are: ${Object.keys(BENCHMARKS).join(", ")}.`);
    process.exitCode = 1;
    return;
  }
  await prepareClient();
  for (const [name, open] of Object.entries(BENCHMARKS)) if (names.length === 0 || names.includes(name)) await runOne(name, open);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
await main(process.argv.slice(2).filter((argument) => !argument.startsWith("--"))).catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
