import { processWide } from "#lib/platform/index.ts";
import { OutgoingError } from "./errors.ts";

/** Requests of one process that are under way: in all, and to one address. */
const MOST_IN_ALL = 32;
const MOST_PER_ADDRESS = 4;
const MOST_WAITING = 256;

interface Waiting {
  key: string;
  start: () => void;
}

interface Slots {
  taken: number;
  byKey: Map<string, number>;
  waiting: Set<Waiting>;
}

const slots = () => processWide<Slots>("outgoing-slots", () => ({ taken: 0, byKey: new Map(), waiting: new Set() }));

/**
 * Waits for a free place and returns how to give it back, once. Counts by address, not by name: one slow server may
 * have any number of names. Throws `outgoing-busy` when too many wait, and the signal's reason when that comes first.
 */
export async function takeSlot(key: string, signal: AbortSignal): Promise<() => void> {
  const held = slots();
  if (!isFree(held, key)) {
    if (held.waiting.size >= MOST_WAITING) throw new OutgoingError("outgoing-busy", "Too many requests to the outside are waiting.");
    // Whoever gives a place back takes it for the one that it starts.
    await new Promise<void>((resolve, reject) => {
      const one: Waiting = { key, start: () => (signal.removeEventListener("abort", leave), resolve()) };
      const leave = () => (held.waiting.delete(one), reject(signal.reason as Error));
      held.waiting.add(one);
      signal.addEventListener("abort", leave, { once: true });
    });
  } else {
    take(held, key);
  }
  let mine = true;
  return () => {
    if (!mine) return;
    mine = false;
    giveBack(held, key);
  };
}

function isFree(held: Slots, key: string): boolean {
  return held.taken < MOST_IN_ALL && (held.byKey.get(key) ?? 0) < MOST_PER_ADDRESS;
}

function take(held: Slots, key: string): void {
  held.taken++;
  held.byKey.set(key, (held.byKey.get(key) ?? 0) + 1);
}

function giveBack(held: Slots, key: string): void {
  held.taken--;
  const left = (held.byKey.get(key) ?? 1) - 1;
  if (left > 0) held.byKey.set(key, left);
  else held.byKey.delete(key);
  for (const next of held.waiting) {
    if (!isFree(held, next.key)) continue;
    held.waiting.delete(next);
    take(held, next.key);
    return next.start();
  }
}
