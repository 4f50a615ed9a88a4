import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { getConstructionPlans, getRollbackPlans } from "pg-boss";
import { knownMigrations, migrate } from "../migrate.ts";
import { checkForeignKeys } from "./check-foreign-keys.ts";
import { digestTable, type Digest } from "./copy-table.ts";
import { openSession } from "./open-session.ts";
import { quote, readPartitions, readQueueVersion, readTables, SCHEMAS, tableLabel, type Partition, type Sequence, type Table } from "./read-catalogue.ts";
import { Refusal } from "./refusal.ts";
import { isUnfinishedCopy, UNFINISHED_COPY } from "./unfinished-copy.ts";

/** What a set of rows needs around it. */
export interface Shape {
  /** Names of the migrations that made its tables. */
  migrations: string[];
  /** Version of the queue's tables; null where it had none. */
  queueVersion: number | null;
  tables: Omit<Table, "order">[];
  partitions: Partition[];
  sequences: Sequence[];
}

/** @throws Refusal where this release knows less than the one that the rows come from */
export function requireKnown(shape: Pick<Shape, "migrations" | "queueVersion">): void {
  const newest = newestQueueVersion();
  if ((shape.queueVersion ?? 0) > newest) throw new Refusal(`The rows come from a later release: its queue has version ${shape.queueVersion}, and this one knows ${newest} at most. Use that release, or a later one.`);
  const known = new Set(knownMigrations());
  const unknown = shape.migrations.filter((name) => !known.has(name));
  if (unknown.length > 0) throw new Refusal(`The rows come from a later release: it has migrations that this one does not know (${unknown.join(", ")}). Use that release, or a later one.`);
}

/** @throws Refusal that names tables, unless the database has none or only those of an unfinished copy */
export async function requireEmpty(client: pg.Client): Promise<void> {
  if (await isUnfinishedCopy(client)) return;
  const tables = await readTables(client);
  if (tables.length === 0) return;
  const some = tables.slice(0, 3).map((table) => `\`${tableLabel(table)}\``).join(", ");
  throw new Refusal(`The database is not empty: it has ${tables.length} tables (${some}${tables.length > 3 ? ", …" : ""}). Rows are only ever put into an empty one; nothing was changed.`);
}

/**
 * Makes an empty database hold exactly the rows that `copy` brings: the tables as the given migrations leave them, then
 * all rows in one transaction with triggers off, then the foreign keys checked and the sequences set. The later
 * migrations are the caller's. A copy that ends half-way is cleared by the next.
 *
 * @param copy puts one table's rows in and returns what they should be; the server's own answer is compared with it
 * @throws Refusal when the database is not empty, or does not hold afterwards what it was given
 */
export async function fillDatabase(url: string, shape: Shape, copy: (client: pg.Client, table: Table) => Promise<Digest>): Promise<void> {
  requireKnown(shape);
  const client = await openSession(url);
  try {
    await requireEmpty(client);
    await clear(client);
    const tables = await makeTables(client, url, shape);
    await client.query("BEGIN");
    await triggersOff(client);
    if (tables.length > 0) await client.query(`TRUNCATE ${tables.map((table) => `${quote(table.schema)}.${quote(table.name)}`).join(", ")}`);
    for (const table of tables) await fillTable(client, table, copy);
    for (const { schema, name, last, called } of shape.sequences) await client.query("SELECT setval($1::regclass, $2::bigint, $3)", [`${quote(schema)}.${quote(name)}`, last, called]);
    await checkForeignKeys(client);
    await client.query(`DROP SCHEMA ${UNFINISHED_COPY}`);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

/** Removes what an earlier attempt left, and marks the database as unfinished from here on. */
async function clear(client: pg.Client): Promise<void> {
  await client.query("BEGIN");
  if (await isUnfinishedCopy(client)) {
    // Extensions live in `public` too: they go with it, and the first migration makes them again.
    await client.query(`${SCHEMAS.map((schema) => `DROP SCHEMA IF EXISTS ${schema} CASCADE`).join("; ")}; CREATE SCHEMA public`);
  }
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${UNFINISHED_COPY}`);
  await client.query("COMMIT");
}

/** Returns the tables with the columns that the rows have. */
async function makeTables(client: pg.Client, url: string, shape: Shape): Promise<Table[]> {
  await migrate(url, { only: shape.migrations });
  if (shape.queueVersion !== null) await makeQueueTables(client, shape.queueVersion);
  const made = new Map((await readTables(client)).map((table) => [tableLabel(table), table]));
  const missing = shape.tables.filter((table) => !made.has(tableLabel(table)));
  if (missing.length > 0) throw new Refusal(`No migration makes ${missing.map((table) => `\`${tableLabel(table)}\``).join(", ")}, which the rows belong to.`);
  const present = new Set((await readPartitions(client)).map(tableLabel));
  for (const { schema, name, parent, bound } of shape.partitions.filter((partition) => !present.has(tableLabel(partition)))) {
    await client.query(`CREATE TABLE ${quote(schema)}.${quote(name)} PARTITION OF ${quote(schema)}.${quote(parent)} ${bound}`);
  }
  return shape.tables.flatMap((table) => {
    const found = made.get(tableLabel(table));
    return found === undefined ? [] : [{ ...found, columns: table.columns }];
  });
}

/** The queue makes its newest tables only; the way back to an older version is its own too, one version at a time. */
async function makeQueueTables(client: pg.Client, version: number): Promise<void> {
  await client.query(getConstructionPlans("pgboss"));
  for (;;) {
    const current = (await readQueueVersion(client)) ?? 0;
    if (current === version) return;
    await client.query(getRollbackPlans("pgboss", current));
  }
}

function newestQueueVersion(): number {
  const { pgboss } = JSON.parse(readFileSync(join(import.meta.dirname, "../../node_modules/pg-boss/package.json"), "utf8")) as { pgboss: { schema: number } };
  return pgboss.schema;
}

async function triggersOff(client: pg.Client): Promise<void> {
  try {
    await client.query("SET LOCAL session_replication_role = replica");
  } catch (error) {
    if ((error as { code?: string }).code !== "42501") throw error;
    throw new Refusal("The database account may not switch triggers off, which a restore needs. As an administrator of the server: GRANT SET ON PARAMETER session_replication_role TO that account.");
  }
}

async function fillTable(client: pg.Client, table: Table, copy: (client: pg.Client, table: Table) => Promise<Digest>): Promise<void> {
  const given = await copy(client, table);
  const kept = await digestTable(client, table);
  if (kept.rows !== given.rows || kept.sha256 !== given.sha256) {
    throw new Refusal(`The table \`${tableLabel(table)}\` does not hold what it was given: ${kept.rows} rows (${kept.sha256}) instead of ${given.rows} (${given.sha256}).`);
  }
}
