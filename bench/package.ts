import { inspectInChild } from "@kosmarket/inspect";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Benchmark, Measured } from "./benchmark.ts";
import { writeLargePackage } from "./package/write-large-package.ts";

const ROUNDS = 3;
const PATIENCE_MS = 600_000;
const PEERS = ["sha256sum", "unzip", "gpg", "tar"] as const;

interface Round {
  milliseconds: number;
  /** processor time of the process and what it started */
  processorMs: number;
  /** highest memory of the process, bytes; null where nothing tells */
  peakBytes: number | null;
}

/** From the bytes on the disk to every check done, in the child, beside the programs that a careful person would run over the same bytes. */
export const packageBenchmark: Benchmark = {
  question: "how long does the largest package take, from its bytes to all checks done, and how much memory?",
  async run(say): Promise<Measured> {
    const home = mkdtempSync(join(tmpdir(), "bench-package-"));
    try {
      const large = writeLargePackage(home);
      const missing = PEERS.filter((peer) => spawnSync(peer, [peer === "unzip" ? "-v" : "--version"]).status !== 0);
      if (!missing.includes("gpg")) sign(home, large.zip);
      const measured = await measure(home, large, missing, say);
      const { columns, rows } = tabulate(measured);
      return {
        columns, rows,
        commands: ["inspectInChild(large.zip)", "inspectInChild(large.tgz)", "sha256sum large.zip", "unzip -tq large.zip", "gpg --verify large.zip.asc large.zip", "tar -tzf large.tgz"],
        facts: { files: large.files, unpackedBytes: large.unpackedBytes, zipBytes: statSync(large.zip).size, tgzBytes: statSync(large.tgz).size, rounds: ROUNDS },
        raw: measured,
        skipped: missing.map((peer) => `${peer}: it is not installed`),
      };
    } finally {
      spawnSync("gpgconf", ["--homedir", home, "--kill", "all"]);
      rmSync(home, { recursive: true, force: true });
    }
  },
};

function sign(home: string, path: string): void {
  const gpg = (...args: string[]): void => void execFileSync("gpg", ["--batch", "--homedir", home, "--passphrase", "", ...args], { stdio: "ignore" });
  gpg("--quick-generate-key", "bench <bench@example.invalid>", "ed25519", "sign", "never");
  gpg("--armor", "--detach-sign", path);
}

async function measure(home: string, large: { zip: string; tgz: string; files: number }, missing: readonly string[], say: (line: string) => void): Promise<Record<string, Round[]>> {
  const measured: Record<string, Round[]> = {};
  const commands: [string, string, string[]][] = [
    ["sha256sum", "sha256sum", [large.zip]],
    ["unzip -t", "unzip", ["-tq", large.zip]],
    ["gpg --verify", "gpg", ["--batch", "--homedir", home, "--verify", `${large.zip}.asc`, large.zip]],
    ["tar -tz", "tar", ["-tzf", large.tgz]],
  ];
  // Interleaved, so that whatever else the machine does falls on all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [format, path] of [["zip", large.zip], ["tgz", large.tgz]] as const) (measured[`inspection, ${format}`] ??= []).push(await inspect(path, large.files));
    for (const [name, program, args] of commands) if (!missing.includes(program)) (measured[name] ??= []).push(runPeer(home, program, args));
    say(`round ${round + 1} of ${ROUNDS}`);
  }
  return measured;
}

async function inspect(path: string, files: number): Promise<Round> {
  let peakBytes: number | null = null;
  const before = childrenMs();
  const started = performance.now();
  const report = await inspectInChild(path, { timeoutMs: PATIENCE_MS, onMemory: (bytes) => (peakBytes = Math.max(peakBytes ?? 0, bytes)) });
  const milliseconds = performance.now() - started;
  if (!report.ok || report.files.length !== files) throw new Error(`the inspection of ${path} is wrong: ${JSON.stringify(report.problems.slice(0, 3))}`);
  // The child is counted once it is gone, which is a moment after its answer.
  await setTimeout(500);
  return { milliseconds, processorMs: childrenMs() - before, peakBytes };
}

/** Processor time of all processes that this one started and that ended (fields 16 and 17 of proc_pid_stat(5), in hundredths of a second). */
function childrenMs(): number {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

function runPeer(home: string, program: string, args: readonly string[]): Round {
  const timed = join(home, "time");
  const hasTime = spawnSync("/usr/bin/time", ["-f", "%M", "-o", timed, "true"]).status === 0;
  const before = childrenMs();
  const started = performance.now();
  const { status } = hasTime ? spawnSync("/usr/bin/time", ["-f", "%M", "-o", timed, program, ...args]) : spawnSync(program, args);
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`${program} ended with ${status ?? "a signal"}`);
  return { milliseconds, processorMs: childrenMs() - before, peakBytes: hasTime ? Number(readFileSync(timed, "utf8")) * 1024 : null };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function tabulate(measured: Record<string, Round[]>): { columns: string[]; rows: string[][] } {
  const middle = (name: string, what: "milliseconds" | "processorMs"): number => median((measured[name] ?? []).map((round) => round[what]));
  const together = (what: "milliseconds" | "processorMs"): number => ["sha256sum", "unzip -t", "gpg --verify"].reduce((sum, name) => sum + middle(name, what), 0);
  const row = (name: string): string[] => {
    const peaks = (measured[name] ?? []).flatMap(({ peakBytes }) => (peakBytes === null ? [] : [peakBytes]));
    const ratio = name.startsWith("inspection") ? `${(middle(name, "processorMs") / together("processorMs")).toFixed(1)}×` : "";
    return [name, middle(name, "processorMs").toFixed(0), middle(name, "milliseconds").toFixed(0), peaks.length === 0 ? "" : (Math.max(...peaks) / 1024 / 1024).toFixed(0), ratio];
  };
  return { columns: ["program", "processor ms", "elapsed ms", "peak MiB", "to the three"], rows: [...Object.keys(measured).map(row), ["sha256sum + unzip -t + gpg --verify", together("processorMs").toFixed(0), together("milliseconds").toFixed(0), "", "1"]] };
}
