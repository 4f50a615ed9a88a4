import type pg from "pg";
import type { Shape } from "./fill-database.ts";
import { readMigrations, readPartitions, readQueueVersion, readTables, type Table } from "./read-catalogue.ts";
import { Refusal } from "./refusal.ts";
import { isUnfinishedCopy } from "./unfinished-copy.ts";

/** Begins a transaction that sees the database as it is now, however long it reads, and hinders nobody who writes. */
export async function beginSnapshot(client: pg.Client): Promise<void> {
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  if (await isUnfinishedCopy(client)) throw new Refusal("The database holds an unfinished copy: there is nothing whole in it to read.");
}

/** What the rows of a database need around them, except for the sequences, which are read after the rows. */
export async function readShape(client: pg.Client): Promise<Omit<Shape, "sequences"> & { tables: Table[] }> {
  return {
    migrations: await readMigrations(client),
    queueVersion: await readQueueVersion(client),
    tables: await readTables(client),
    partitions: await readPartitions(client),
  };
}

