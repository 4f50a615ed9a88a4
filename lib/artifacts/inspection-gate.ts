import { RegistryError } from "#lib/http/index.ts";
import { processWide } from "#lib/platform/index.ts";

interface Gate {
  running: number;
  waiting: (() => void)[];
}

/**
 * Work that opens packages, and how much of each kind runs at once in one process. Publishing has places of its own,
 * so that dry runs, which need no sign-in, cannot hold it up.
 */
const PLACES = { publish: 2, validate: 1, read: 1 } as const;

/** Beyond this many a wait would outlast the request's patience. */
const MOST_WAITING = 100;

/** Runs `work` when a place of its kind is free, first come first served. Throws `unavailable` (503) when too many wait. */
export async function throughInspectionGate<T>(kind: keyof typeof PLACES, work: () => Promise<T>): Promise<T> {
  const gate = processWide<Gate>(`inspection-gate.${kind}`, () => ({ running: 0, waiting: [] }));
  if (gate.waiting.length >= MOST_WAITING) throw new RegistryError("unavailable", "Too many packages wait to be inspected; try again shortly.", { headers: { "retry-after": "30" } });
  if (gate.running >= PLACES[kind]) await new Promise<void>((resolve) => gate.waiting.push(resolve));
  else gate.running++;
  try {
    return await work();
  } finally {
    const next = gate.waiting.shift();
    if (next === undefined) gate.running--;
    else next();
  }
}
