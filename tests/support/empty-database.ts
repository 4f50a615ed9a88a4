import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { databaseUrlOf } from "./database-url.ts";
import type { FreshDatabase } from "./fresh-database.ts";

/** A database of the caller's own without a single table. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  const server = inject("databaseServer");
  const name = `kos_empty_${randomBytes(6).toString("hex")}`;
  await ask(server, `CREATE DATABASE ${name}`);
  return { url: databaseUrlOf(server, name), drop: async () => void (await ask(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)) };
}

/** One statement on a connection of its own; returns its rows. */
export async function ask<T extends pg.QueryResultRow>(url: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
}
