import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

let ticksPerSecond = 0;

/** User and system time that a process, its threads and its living descendants have used, in seconds (proc(5), stat). */
export function processorSeconds(pid: number): number {
  ticksPerSecond ||= Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  const parents = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync("/proc")) if (/^\d+$/.test(name)) readStat(Number(name), parents);
  const belongs = (candidate: number): boolean => candidate === pid || (candidate > 1 && belongs(parents.get(candidate)?.parent ?? 0));
  const ticks = [...parents].filter(([candidate]) => belongs(candidate)).reduce((sum, [, entry]) => sum + entry.ticks, 0);
  return ticks / ticksPerSecond;
}

function readStat(pid: number, into: Map<number, { parent: number; ticks: number }>): void {
  try {
    // The name in parentheses may hold anything; fields are counted from behind it.
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
    into.set(pid, { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
  } catch {
    // Ended between the listing and the reading.
  }
}
