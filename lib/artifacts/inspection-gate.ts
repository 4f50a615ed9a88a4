import { RegistryError } from "#lib/http/index.ts";
import { processWide } from "#lib/platform/index.ts";

interface Gate {
  running: number;
  waiting: (() => void)[];
}

/** Inspections that run at once in one process: each is a child with a memory cap of its own. */
const PARALLEL = 2;

/** Beyond this many a wait would outlast the request's patience. */
const MOST_WAITING = 100;

/** Runs `work` when one of the places is free, first come first served. Throws `unavailable` (503) when too many wait. */
export async function throughInspectionGate<T>(work: () => Promise<T>): Promise<T> {
  const gate = processWide<Gate>("inspection-gate", () => ({ running: 0, waiting: [] }));
  if (gate.waiting.length >= MOST_WAITING) throw new RegistryError("unavailable", "Too many packages wait to be inspected; try again shortly.", { headers: { "retry-after": "30" } });
  if (gate.running >= PARALLEL) await new Promise<void>((resolve) => gate.waiting.push(resolve));
  else gate.running++;
  try {
    return await work();
  } finally {
    const next = gate.waiting.shift();
    if (next === undefined) gate.running--;
    else next();
  }
}
