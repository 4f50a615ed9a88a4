import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { databaseUrlOf } from "./database-url.ts";

export interface FreshDatabase {
  url: string;
  drop: () => Promise<void>;
}

/** A database of the caller's own, copied from the migrated template. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = inject("databaseServer");
  const name = `kos_test_${randomBytes(6).toString("hex")}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${inject("templateDatabase")}`);
  return { url: databaseUrlOf(server, name), drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
