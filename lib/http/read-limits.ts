import { processWide } from "#lib/platform/index.ts";
import { RegistryError } from "./errors.ts";

export interface Limit {
  /** Length of the window in seconds. */
  window: number;
  max: number;
}

/** Named limits: reads are counted in the memory of each process, writes in the database. */
export const LIMITS = {
  read: { window: 60, max: 1200, store: "memory" },
  search: { window: 60, max: 300, store: "memory" },
  validate: { window: 60, max: 30, store: "memory" },
  "sign-in": { window: 300, max: 10, store: "database" },
  write: { window: 60, max: 120, store: "database" },
  "new-publisher": { window: 600, max: 10, store: "database" },
  "new-listing": { window: 600, max: 5, store: "database" },
  update: { window: 60, max: 30, store: "database" },
  yank: { window: 60, max: 100, store: "database" },
  none: { window: 1, max: Infinity, store: "memory" },
} as const satisfies Record<string, Limit & { store: "memory" | "database" }>;
export type LimitName = keyof typeof LIMITS;

interface Window {
  startedAt: number;
  count: number;
}

const MAX_TRACKED = 100_000;

/**
 * Counts one use of `name` by `who` in this process. Throws `rate-limited` with Retry-After when the window is
 * spent; returns the RateLimit header otherwise. Works with the database down.
 */
export function countInMemory(name: LimitName, who: string, now: number = Date.now()): Record<string, string> {
  const limit: Limit = LIMITS[name];
  if (limit.max === Infinity) return {};
  const windows = processWide("read-limits", () => new Map<string, Window>());
  const key = `${name}:${who}`;
  let current = windows.get(key);
  if (current === undefined || now - current.startedAt >= limit.window * 1000) {
    if (windows.size >= MAX_TRACKED) windows.clear();
    current = { startedAt: now, count: 0 };
    windows.set(key, current);
  }
  current.count++;
  const reset = Math.ceil((current.startedAt + limit.window * 1000 - now) / 1000);
  if (current.count > limit.max) throw rateLimited(name, limit, reset);
  return rateLimitHeaders(name, limit, limit.max - current.count, reset);
}

/** RateLimit fields as the IETF httpapi draft writes them. */
export function rateLimitHeaders(name: LimitName, limit: Limit, remaining: number, reset: number): Record<string, string> {
  return { "ratelimit-policy": `"${name}";q=${limit.max};w=${limit.window}`, ratelimit: `"${name}";r=${Math.max(0, remaining)};t=${reset}` };
}

export function rateLimited(name: LimitName, limit: Limit, reset: number): RegistryError {
  return new RegistryError("rate-limited", `The limit \`${name}\` allows ${limit.max} in ${limit.window} s; try again in ${reset} s.`, {
    headers: { "retry-after": String(Math.max(1, reset)), ...rateLimitHeaders(name, limit, 0, reset) },
  });
}
