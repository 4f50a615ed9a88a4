import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { searchListings } from "#lib/catalog/index.ts";
import { ListingQuery } from "#lib/catalog/schema.ts";
import { migrate } from "#scripts/migrate.ts";
import { ask } from "#tests/support/empty-database.ts";
import { makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { publishService, type Submitter } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { waitFor } from "#tests/support/wait-for.ts";

const migrations = join(import.meta.dirname, "../../../prisma/migrations");
const folder = mkdtempSync(join(tmpdir(), "kos-migrations-"));

let deps: TestDeps;
let by: Submitter;

beforeAll(async () => {
  deps = await openTestDeps();
  const owner = await makePerson(deps, ["administrator"]);
  by = { principal: owner, publisher: await makePublisher(deps, owner) };
  cpSync(migrations, folder, { recursive: true });
});
afterAll(async () => {
  await deps.close();
  rmSync(folder, { recursive: true, force: true });
});

function addMigration(name: string, body: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "migration.sql"), `-- Adds what nothing reads yet, so that the running release does not notice.\nSET lock_timeout = '300ms';\nSET statement_timeout = '60s';\n${body}\n`);
}

/** Holds a lock that any reader would hold, until released. */
async function holdTable(table: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: deps.config.databaseUrl });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE "${table}" IN ACCESS SHARE MODE`);
  return async () => {
    await client.end();
  };
}

/** Publishes and reads without a pause, and keeps what failed. */
function keepWorking(): { done: { published: number; read: number; failed: unknown[] }; end: () => Promise<void> } {
  const done = { published: 0, read: 0, failed: [] as unknown[] };
  let going = true;
  const repeat = async (work: () => Promise<unknown>, count: () => void) => {
    // One failure is enough to know.
    while (going && done.failed.length === 0) await work().then(count, (error: unknown) => done.failed.push(error));
  };
  const loops = [
    repeat(() => publishService(deps, by, uniqueName("loaded")), () => done.published++),
    repeat(() => deps.db.listing.findMany({ include: { versions: true }, take: 20 }), () => done.read++),
    repeat(() => searchListings(deps, ListingQuery.parse({ q: "tide" })), () => done.read++),
  ];
  return {
    done,
    end: async () => {
      going = false;
      await Promise.all(loops);
    },
  };
}

test("a column, a table and a trigger are added while others publish and read, and nothing fails", { timeout: 120_000 }, async () => {
  addMigration(
    "20990101000000_expand",
    `ALTER TABLE "Listing" ADD COLUMN "mood" TEXT;
ALTER TABLE "Version" ADD COLUMN "mood" TEXT NOT NULL DEFAULT 'calm; really';
CREATE TABLE "Mood" ("id" BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "slug" TEXT NOT NULL);
CREATE FUNCTION note_mood() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO "Mood" ("slug") VALUES (NEW."slug"); RETURN NEW; END $$;
CREATE TRIGGER "Listing_mood" AFTER INSERT ON "Listing" FOR EACH ROW EXECUTE FUNCTION note_mood();`,
  );
  const working = keepWorking();
  await waitFor("work under way", () => Promise.resolve(working.done.published > 0 && working.done.read > 0 ? true : undefined));
  const release = await holdTable("Listing");
  const said: string[] = [];
  const migrating = migrate(deps.config.databaseUrl, { folder, say: (line) => said.push(line) });
  await waitFor("two refused locks", () => Promise.resolve(said.length >= 2 ? true : undefined));
  const before = { ...working.done };
  await waitFor("publishes and reads between the attempts", () => Promise.resolve(working.done.published > before.published && working.done.read > before.read ? true : undefined));
  await release();
  expect(await migrating).toEqual(["20990101000000_expand"]);
  const after = working.done.published;
  await waitFor("publishes on the new tables", () => Promise.resolve(working.done.published > after + 1 ? true : undefined));
  await working.end();
  expect(working.done.failed).toEqual([]);
  expect(said[0]).toMatch(/did not get its lock and was undone; trying again in [\d.]+ s \(attempt 2 of 20\)/);
  expect((await ask<{ n: number }>(deps.config.databaseUrl, `SELECT count(*)::int AS n FROM "Mood"`))[0]?.n).toBeGreaterThan(0);
});

test("an index is made beside the work", async () => {
  addMigration("20990102000000_index", `DROP INDEX CONCURRENTLY IF EXISTS "Mail_to";\nCREATE INDEX CONCURRENTLY "Mail_to" ON "Mail" ("to"); -- one; statement at a time`);
  expect(await migrate(deps.config.databaseUrl, { folder, say: () => undefined })).toEqual(["20990102000000_index"]);
  expect(await ask(deps.config.databaseUrl, `SELECT 1 FROM pg_index WHERE indexrelid = '"Mail_to"'::regclass AND indisvalid`)).toHaveLength(1);
});

test("a migration that fails is undone, and tried again the next time", async () => {
  addMigration("20990103000000_broken", `CREATE TABLE "Half" ("id" INT);\nSELECT 1 / 0;`);
  const apply = () => migrate(deps.config.databaseUrl, { folder, say: () => undefined });
  await expect(apply()).rejects.toThrow();
  expect(await ask(deps.config.databaseUrl, `SELECT 1 WHERE to_regclass('"Half"') IS NOT NULL`)).toEqual([]);
  writeFileSync(join(folder, "20990103000000_broken", "migration.sql"), `CREATE TABLE "Half" ("id" INT);`);
  expect(await apply()).toEqual(["20990103000000_broken"]);
});
