import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import type { MigrationList } from "@prisma/schema-engine-wasm";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";

const root = join(import.meta.dirname, "..");
const migrationsDir = join(root, "prisma", "migrations");
const FILTERS = { externalTables: [], externalEnums: [] };
const LOCKFILE = { path: "./migration_lock.toml", content: 'provider = "postgresql"\n' };

/**
 * The adapter splits a script at every semicolon, those inside comments and function bodies included. Here the
 * server parses it whole, which also makes each migration one transaction.
 */
class WholeScripts extends PrismaPg {
  override async connect() {
    const connection = await super.connect();
    connection.executeScript = async (script) => {
      await connection.underlyingDriver().query(script);
    };
    return connection;
  }
}

/** Prisma's schema engine as WebAssembly: nothing native is downloaded, and `_prisma_migrations` is the real table. */
async function openEngine(url: string, datamodels: [string, string][]) {
  const { SchemaEngine } = await import("@prisma/schema-engine-wasm");
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScripts({ connectionString: url }));
  return await SchemaEngine.new({ datamodels }, () => undefined, adapter as never);
}

/**
 * Applies the migrations that the database lacks, in order, and returns their names. Safe to run from several
 * processes: the engine takes an advisory lock.
 */
export async function migrate(url: string): Promise<string[]> {
  const engine = await openEngine(url, schemaFiles());
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList: migrationsList(), filters: FILTERS });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

function schemaFiles(): [string, string][] {
  const folder = join(root, "prisma", "schema");
  return readdirSync(folder).filter((name) => name.endsWith(".prisma")).sort().map((name) => [`prisma/schema/${name}`, readFileSync(join(folder, name), "utf8")]);
}

function migrationsList() {
  const migrationDirectories = readdirSync(migrationsDir)
    .filter((name) => statSync(join(migrationsDir, name)).isDirectory())
    .sort()
    .map((name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: readFileSync(join(migrationsDir, name, "migration.sql"), "utf8") } },
    }));
  return { baseDir: migrationsDir, lockfile: LOCKFILE, shadowDbInitScript: "", migrationDirectories } as MigrationList;
}
