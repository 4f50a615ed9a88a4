import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { openQueue } from "#lib/jobs/index.ts";
import { startEmbeddedPostgres } from "#scripts/embedded-postgres.ts";
import { migrate } from "#scripts/migrate.ts";
import { prepareBuild } from "#scripts/prepare-build.ts";
import { JOBS } from "#worker/registry.ts";
import { databaseUrlOf } from "./database-url.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of the server's maintenance database. */
    databaseServer: string;
    /** Name of the migrated database that every test file copies. */
    templateDatabase: string;
  }
}

/**
 * Once per run: one Postgres for all test files (`TEST_DATABASE_URL` may name a running one), and in it a template
 * with every migration and the queue's own tables. The pages are built when no build is there.
 */
export default async function setUpDatabase(project: TestProject): Promise<() => Promise<void>> {
  process.env["LOG_LEVEL"] ??= "silent";
  if (!existsSync(join(import.meta.dirname, "../../.next/BUILD_ID"))) await prepareBuild((line) => process.stderr.write(`${line}\n`));
  const server = await openServer();
  const template = `kos_template_${randomBytes(4).toString("hex")}`;
  await run(server.url, `CREATE DATABASE ${template}`);
  await migrate(databaseUrlOf(server.url, template));
  const queue = await openQueue(databaseUrlOf(server.url, template), "worker", JOBS);
  await queue.stop();
  await closeToConnections(server.url, template);
  project.provide("databaseServer", server.url);
  project.provide("templateDatabase", template);
  return async () => {
    await run(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
  };
}

async function openServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") return { url: given, stop: () => Promise.resolve() };
  const dataDir = mkdtempSync(join(tmpdir(), "kos-test-postgres-"));
  const postgres = await startEmbeddedPostgres({ dataDir, password: randomBytes(16).toString("hex"), volatile: true });
  return {
    url: databaseUrlOf(postgres.url, "postgres"),
    stop: async () => {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A database can be copied only while nobody is connected to it. */
async function closeToConnections(server: string, database: string): Promise<void> {
  await run(server, `ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS false`);
  await run(server, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`);
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
