import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { Refusal } from "./database/refusal.ts";
import { isUnfinishedCopy } from "./database/unfinished-copy.ts";

const root = join(import.meta.dirname, "..");
const MIGRATIONS = join(root, "prisma", "migrations");
const FILTERS = { externalTables: [], externalEnums: [] };
const LOCKFILE = { path: "./migration_lock.toml", content: 'provider = "postgresql"\n' };
const LOCK_TIMEOUT = "55P03";
const ATTEMPTS = 20;

export interface MigrateOptions {
  /** Only these, by name: the tables as an older release left them. */
  only?: string[];
  /** Where the migrations are; the repository's own unless told. */
  folder?: string;
  /** Told when a migration has to wait for its turn. */
  say?: (line: string) => void;
}

interface Migration {
  name: string;
  script: string;
}

/**
 * The adapter splits a script at every semicolon, those inside comments and function bodies included. Here the
 * server parses it whole, which also makes each migration one transaction. That transaction is tried again when a
 * lock was not to be had in time: giving up its place lets the requests through that queued behind it.
 */
class WholeScripts extends PrismaPg {
  private readonly say: (line: string) => void;

  constructor(url: string, say: (line: string) => void) {
    super({ connectionString: url });
    this.say = say;
  }

  override async connect() {
    const connection = await super.connect();
    connection.executeScript = async (script) => {
      for (const part of parts(script)) await retried(() => connection.underlyingDriver().query(part), this.say);
    };
    return connection;
  }
}

/**
 * An index made CONCURRENTLY cannot be made inside a transaction: such a script is a list of plain statements, which
 * `tests/architecture/migrations.test.ts` holds it to, and is sent one by one.
 */
function parts(script: string): string[] {
  const plain = script.replaceAll(/--[^\n]*/g, "");
  if (!/\bCONCURRENTLY\b/i.test(plain)) return [script];
  return plain.split(";").map((statement) => statement.trim()).filter((statement) => statement !== "");
}

async function retried(work: () => Promise<unknown>, say: (line: string) => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_TIMEOUT || attempt === ATTEMPTS) throw error;
      // Longer waits, and never in step with what holds the lock.
      const wait = Math.min(250 * attempt, 3000) * (0.5 + Math.random());
      say(`A migration did not get its lock and was undone; trying again in ${(wait / 1000).toFixed(1)} s (attempt ${attempt + 1} of ${ATTEMPTS}). Nothing waits meanwhile.`);
      await delay(wait);
    }
  }
}

/**
 * Applies the migrations that the database lacks, in order, and returns their names. Safe to run from several
 * processes: the engine takes an advisory lock. A migration that failed was undone, and is tried again the next time.
 *
 * @throws Refusal when the database holds an unfinished copy, unless `only` says that this is part of making it
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const say = options.say ?? ((line) => void process.stderr.write(`${line}\n`));
  if (options.only === undefined) await requireFinished(url);
  const engine = await openEngine(url, schemaFiles(), say);
  const migrations = readMigrationFiles(options.folder ?? MIGRATIONS).filter(({ name }) => options.only?.includes(name) ?? true);
  const apply = async () => (await engine.applyMigrations({ migrationsList: migrationsList(migrations), filters: FILTERS })).appliedMigrationNames;
  try {
    return await apply().catch(async (error: unknown) => {
      await forgetFailed(url, migrations);
      throw error;
    });
  } finally {
    engine.free();
  }
}

/** Names of the migrations of this release, in order. */
export function knownMigrations(): string[] {
  return readMigrationFiles(MIGRATIONS).map(({ name }) => name);
}

/** Prisma's schema engine as WebAssembly: nothing native is downloaded, and `_prisma_migrations` is the real table. */
async function openEngine(url: string, datamodels: [string, string][], say: (line: string) => void) {
  const { SchemaEngine } = await import("@prisma/schema-engine-wasm");
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts(url, say));
  return await SchemaEngine.new({ datamodels }, () => undefined, adapter as never);
}

async function requireFinished(url: string): Promise<void> {
  await withClient(url, async (client) => {
    if (await isUnfinishedCopy(client)) throw new Refusal("The database holds an unfinished copy: a restore or an upgrade was interrupted. Run it again; it starts over by itself.");
  });
}

/**
 * The engine keeps a failed migration as a reason to refuse every later one, until somebody has looked at what it
 * left. Here it left nothing: each script is one transaction.
 */
async function forgetFailed(url: string, migrations: Migration[]): Promise<void> {
  const whole = migrations.filter(({ script }) => parts(script).length === 1).map(({ name }) => name);
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there");
    if (rows[0]?.there !== true) return;
    await client.query("UPDATE public._prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL AND logs IS NOT NULL AND migration_name = ANY($1)", [whole]);
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function schemaFiles(): [string, string][] {
  const folder = join(root, "prisma", "schema");
  return readdirSync(folder).filter((name) => name.endsWith(".prisma")).sort().map((name) => [`prisma/schema/${name}`, readFileSync(join(folder, name), "utf8")]);
}

function readMigrationFiles(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort()
    .map((name) => ({ name, script: readFileSync(join(folder, name, "migration.sql"), "utf8") }));
}

function migrationsList(migrations: Migration[]) {
  const migrationDirectories = migrations.map(({ name, script }) => ({ path: name, migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } } }));
  return { baseDir: MIGRATIONS, lockfile: LOCKFILE, shadowDbInitScript: "", migrationDirectories } as MigrationList;
}
