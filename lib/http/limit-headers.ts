import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "#lib/platform/index.ts";

/** Where one counted use left its maker. */
export interface Standing {
  name: string;
  burst: number;
  /** Seconds in which a wholly spent burst comes back. */
  window: number;
  left: number;
  /** Seconds until the whole burst is there again. */
  reset: number;
}

type Standings = Map<string, Standing>;
const current = () => processWide("limit-standings", () => new AsyncLocalStorage<Standings>());

/**
 * Runs the work of one request and gathers every limit that it counted against, wherever that happened. `headers` are
 * the answer's `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10), empty where nothing counted.
 */
export function gatherLimits<T>(work: (headers: () => Record<string, string>) => Promise<T>): Promise<T> {
  const standings: Standings = new Map();
  return current().run(standings, () => work(() => write([...standings.values()])));
}

/** Adds one to what the current request gathers; returns its headers alone. */
export function noteStanding(standing: Standing): Record<string, string> {
  current().getStore()?.set(standing.name, standing);
  return write([standing]);
}

function write(standings: Standing[]): Record<string, string> {
  if (standings.length === 0) return {};
  return {
    "ratelimit-policy": standings.map(({ name, burst, window }) => `"${name}";q=${burst};w=${Math.ceil(window)}`).join(", "),
    ratelimit: standings.map(({ name, left, reset }) => `"${name}";r=${left};t=${reset}`).join(", "),
  };
}
