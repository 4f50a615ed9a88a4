import { processWide } from "#lib/platform/index.ts";
import { noteStanding } from "./limit-headers.ts";
import { RegistryError } from "./errors.ts";

export interface Limit {
  /** Uses that may come at once. */
  burst: number;
  /** Seconds after which one spent use comes back. */
  every: number;
}

/**
 * Named limits: reads are counted in the memory of each process, writes in the database. Publishing and yanking are as
 * crates.io has them: a burst that no person exhausts, and a slow steady rate behind it.
 */
export const LIMITS = {
  read: { burst: 1200, every: 0.05, store: "memory" },
  search: { burst: 300, every: 0.2, store: "memory" },
  validate: { burst: 30, every: 2, store: "memory" },
  /** Build workflows that show their identity: many share the addresses of one CI system. */
  exchange: { burst: 120, every: 1, store: "memory" },
  "sign-in": { burst: 10, every: 30, store: "database" },
  "second-factor": { burst: 5, every: 60, store: "database" },
  device: { burst: 10, every: 60, store: "database" },
  "leak-report": { burst: 20, every: 30, store: "database" },
  write: { burst: 120, every: 0.5, store: "database" },
  "new-publisher": { burst: 10, every: 60, store: "database" },
  "new-listing": { burst: 5, every: 600, store: "database" },
  update: { burst: 30, every: 60, store: "database" },
  /** Mail to whoever a person names. */
  invite: { burst: 20, every: 60, store: "database" },
  /** Questions to other people's name servers and web servers. */
  "check-name": { burst: 6, every: 60, store: "database" },
  claim: { burst: 5, every: 3600, store: "database" },
  yank: { burst: 100, every: 60, store: "database" },
  /** Not counted here: feed and downloads never are, and what counts inside its own transaction is not counted twice. */
  none: { burst: Infinity, every: 0, store: "memory" },
} as const satisfies Record<string, Limit & { store: "memory" | "database" }>;
export type LimitName = keyof typeof LIMITS;

/** Keys of one generation, and there are two; a key is some 100 bytes. */
const GENERATION = 50_000;

interface Generations {
  young: Map<string, number>;
  old: Map<string, number>;
}

/**
 * Counts one use of `name` by `who` in this process, by GCRA (ITU-T I.371, annex A): one moment for each key, until
 * which its uses are spent. Throws `rate-limited` with Retry-After when the burst is spent. Works with the database
 * down. The memory for keys is bounded: only those that were not used while 50,000 others were are forgotten.
 */
export function countInMemory(name: LimitName, who: string, now: number = Date.now()): void {
  const limit: Limit = LIMITS[name];
  if (limit.burst === Infinity) return;
  const spent = processWide<Generations>("read-limits", () => ({ young: new Map(), old: new Map() }));
  const key = `${name}:${who}`;
  const every = limit.every * 1000;
  const before = Math.max(spent.young.get(key) ?? spent.old.get(key) ?? now, now);
  const allowed = before + every <= now + limit.burst * every;
  const until = allowed ? before + every : before;
  if (spent.young.size >= GENERATION && !spent.young.has(key)) Object.assign(spent, { old: spent.young, young: new Map() });
  spent.young.set(key, until);
  takeStanding(name, allowed, (until - now) / 1000);
}

/**
 * Says in the answer's headers where a use leaves its maker. Throws `rate-limited` where it was not allowed.
 * `spentFor`: seconds until every spent use has come back.
 */
export function takeStanding(name: LimitName, allowed: boolean, spentFor: number): void {
  const { burst, every }: Limit = LIMITS[name];
  // The column's milliseconds are rounded, and must not make a second of their own.
  const seconds = (exact: number) => Math.ceil(exact - 0.001);
  const left = allowed ? Math.floor(burst - (spentFor - 0.001) / every) : 0;
  const headers = noteStanding({ name, burst, window: burst * every, left: Math.max(0, left), reset: seconds(spentFor) });
  if (allowed) return;
  const wait = Math.max(1, seconds(spentFor - (burst - 1) * every));
  const detail = `The limit \`${name}\` allows ${burst} at once and then one every ${every} s; try again in ${wait} s.`;
  throw new RegistryError("rate-limited", detail, { headers: { "retry-after": String(wait), ...headers } });
}
