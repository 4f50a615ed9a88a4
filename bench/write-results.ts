import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Measured } from "./benchmark.ts";

const folder = join(import.meta.dirname, "results");
/** Runs that a file keeps, newest first: enough to see the spread between runs. */
const KEPT = 5;

interface Run extends Measured {
  date: string;
  seconds: number;
  machine: Record<string, string | number>;
}

/** Puts a run first in `bench/results/NAME.json` and returns that path, relative to the repository. */
export function writeResults(name: string, question: string, run: Run): string {
  const file = join(folder, `${name}.json`);
  const earlier = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { runs: Run[] }).runs : [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ name, question, runs: [run, ...earlier].slice(0, KEPT) }, null, 1)}\n`);
  return `bench/results/${name}.json`;
}
