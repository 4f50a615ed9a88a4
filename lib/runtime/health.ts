import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { NoAnswer, processWide, within } from "#lib/platform/index.ts";
import type { Deps } from "./deps.ts";

/** What this process found at its last look, at most a second or two ago. */
export interface Health {
  database: boolean;
  /** The queue's tables are there: a database without them accepts no work. */
  queue: boolean;
  storage: boolean;
  /** Why nothing may be changed, in words for people; null when it may. */
  readOnly: string | null;
}

/** The setting that holds `{ reason }` while the instance is read-only. */
export const READ_ONLY_SETTING = "read-only";
const EVERY_MS = 1_000;
const PATIENCE_MS = 1_500;
/** A process that came so late to its own clock knows nothing of the other side. */
const STARVED_MS = 300;
/** A busy machine looks like one missed answer; a dead server misses the next one too. */
const MISSED_BEFORE_DOWN = 2;

const state = (): Health => processWide("health", () => ({ database: true, queue: true, storage: true, readOnly: null }));

/** The state of what this process depends on. Assumes the best until `watchHealth` has looked. */
export function health(): Readonly<Health> {
  return state();
}

/**
 * Looks after the database, the queue's tables, the object store and the read-only setting every second until `signal`
 * aborts; resolves after the first look. Each change is logged once. The database is asked on a connection of its own,
 * so that a pool full of slow queries does not read as an outage.
 */
export async function watchHealth(deps: Deps, signal: AbortSignal): Promise<void> {
  const database = new DatabaseProbe(deps);
  const storage = new Patience();
  const look = async () => {
    const [found, stored] = await Promise.all([database.look(), storage.judge(() => within(PATIENCE_MS, deps.store.ping()))]);
    const readOnly = deps.config.readOnly ?? found?.readOnly ?? (found === null ? state().readOnly : null);
    note(deps, { database: found !== null, queue: found?.queue ?? false, storage: stored, readOnly });
  };
  let looking: Promise<void> | null = null;
  const once = () => (looking ??= look().finally(() => (looking = null)));
  looker().look = once;
  await once();
  void repeat(once, signal).finally(() => database.close());
}

const looker = (): { look: () => Promise<void> } => processWide("health-look", () => ({ look: () => Promise.resolve() }));

/** Looks now: for whoever met a fault that the last look could not know of. */
export async function lookAgain(): Promise<Readonly<Health>> {
  await looker().look();
  return state();
}

async function repeat(look: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await look();
  }
}

function note(deps: Deps, found: Health): void {
  const known = state();
  for (const name of ["database", "queue", "storage"] as const) {
    if (known[name] !== found[name]) deps.logger.warn({ dependency: name, up: found[name] }, found[name] ? `the ${name} answers again` : `the ${name} does not answer`);
  }
  if (known.readOnly !== found.readOnly) deps.logger.warn({ reason: found.readOnly }, found.readOnly === null ? "changes are accepted again" : "read-only: changes are refused");
  Object.assign(known, found);
}

/** Turns single looks into a judgement: a refusal counts at once, a missing answer only when the next is missing too. */
class Patience {
  private missed = 0;

  async judge(look: () => Promise<unknown>): Promise<boolean> {
    try {
      await look();
      this.missed = 0;
      return true;
    } catch (error) {
      if (!(error instanceof NoAnswer)) this.missed = MISSED_BEFORE_DOWN;
      else if (error.lateMs <= STARVED_MS) this.missed++;
      return this.missed < MISSED_BEFORE_DOWN;
    }
  }
}

interface DatabaseState {
  queue: boolean;
  readOnly: string | null;
}

class DatabaseProbe {
  private client: pg.Client | null = null;
  private last: DatabaseState = { queue: true, readOnly: null };
  private readonly patience = new Patience();
  private readonly deps: Deps;

  constructor(deps: Deps) {
    this.deps = deps;
  }

  /** Null when the database does not answer. */
  async look(): Promise<DatabaseState | null> {
    const up = await this.patience.judge(async () => {
      try {
        this.last = await within(PATIENCE_MS, this.ask());
      } catch (error) {
        this.close();
        throw error;
      }
    });
    return up ? this.last : null;
  }

  close(): void {
    const client = this.client;
    this.client = null;
    // Asking a server that hangs to say goodbye would keep the connection for as long as it hangs.
    (client as { connection?: { stream: Socket } } | null)?.connection?.stream.destroy();
  }

  private async ask(): Promise<DatabaseState> {
    const client = this.client ?? (await this.connect());
    const { rows } = await client.query<{ reason: string | null; queue: boolean }>(
      `SELECT (SELECT "value"->>'reason' FROM "Setting" WHERE "key" = '${READ_ONLY_SETTING}') AS reason, to_regclass('pgboss.job') IS NOT NULL AS queue`,
    );
    return { queue: rows[0]?.queue ?? false, readOnly: rows[0]?.reason ?? null };
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.deps.config.databaseUrl, application_name: "kos-health" });
    this.client = client;
    // Without a listener the end of a server would end this process; the next look sees it.
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }
}
