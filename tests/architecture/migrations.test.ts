import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lintMigration } from "#tests/support/lint-migration.ts";

const folder = join(import.meta.dirname, "../../prisma/migrations");
const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

const OPENING = "-- Adds what nothing reads yet, so that the running release does not notice.\n";
const LIMITS = "SET lock_timeout = '2s';\nSET statement_timeout = '60s';\n";
const script = (body: string): string => `${OPENING}${LIMITS}${body}\n`;

test.each(names)("%s keeps the rules of docs/decisions/016", (name) => {
  expect(lintMigration(readFileSync(join(folder, name, "migration.sql"), "utf8"))).toEqual([]);
});

test("the migrations are there to be read", () => {
  expect(names).toContain("20261122000000_init");
});

describe("what breaks a rule is caught", () => {
  test.each([
    ["opening-comment", `${LIMITS}CREATE TABLE "New" ("id" UUID PRIMARY KEY);`],
    ["lock_timeout", `${OPENING}SET statement_timeout = '60s';\nCREATE TABLE "New" ("id" UUID PRIMARY KEY);`],
    ["lock_timeout", `${OPENING}SET lock_timeout = '5min';\nSET statement_timeout = '60s';\nCREATE TABLE "New" ("id" UUID PRIMARY KEY);`],
    ["lock_timeout", `${OPENING}SET statement_timeout = '60s';\nCREATE TABLE "New" ("id" UUID PRIMARY KEY);\nSET lock_timeout = '2s';`],
    ["statement_timeout", `${OPENING}SET lock_timeout = '2s';\nCREATE TABLE "New" ("id" UUID PRIMARY KEY);`],
    ["drop", script(`DROP TABLE "Mail";`)],
    ["drop", script(`ALTER TABLE "Mail" DROP COLUMN "html";`)],
    ["drop", script(`DROP TRIGGER "Version_immutable" ON "Version";`)],
    ["rename", script(`ALTER TABLE "Mail" RENAME COLUMN "html" TO "body";`)],
    ["truncate-or-delete", script(`DELETE FROM "Mail";`)],
    ["column-type", script(`ALTER TABLE "Mail" ALTER COLUMN "subject" TYPE varchar(10);`)],
    ["set-not-null", script(`ALTER TABLE "Mail" ALTER COLUMN "error" SET NOT NULL;`)],
    ["not-null-without-default", script(`ALTER TABLE "Mail" ADD COLUMN "a" TEXT,\n  ADD COLUMN "language" TEXT NOT NULL;`)],
    ["constraint-not-validated-later", script(`ALTER TABLE "Mail" ADD CONSTRAINT "Mail_subject" CHECK (length("subject") > 0);`)],
    ["index-on-existing-table", script(`CREATE INDEX "Mail_to" ON "Mail" ("to");`)],
    ["index-on-existing-table", script(`CREATE TABLE "New" ("id" UUID PRIMARY KEY);\nCREATE UNIQUE INDEX "Mail_to" ON public."Mail" ("to");`)],
    ["concurrently-alone", script(`CREATE INDEX CONCURRENTLY "Mail_to" ON "Mail" ("to");`)],
    ["concurrently-alone", script(`DROP INDEX CONCURRENTLY IF EXISTS "Mail_to";\nCREATE INDEX CONCURRENTLY "Mail_to" ON "Mail" ("to");\nCREATE TABLE "New" ("id" UUID PRIMARY KEY);`)],
  ])("%s: %#", (rule, text) => {
    expect(lintMigration(text).map((fault) => fault.rule)).toEqual([rule]);
  });
});

describe("what keeps the rules passes", () => {
  test.each([
    ["a new table with its indexes and constraints", `CREATE TABLE "New" ("id" UUID NOT NULL, "at" TIMESTAMPTZ(3) NOT NULL);\nCREATE INDEX "New_at" ON "New" ("at");\nALTER TABLE "New" ADD CONSTRAINT "New_id" CHECK ("id" IS NOT NULL);`],
    ["a column with a default", `ALTER TABLE "Mail" ADD COLUMN "language" TEXT NOT NULL DEFAULT 'en';`],
    ["a trigger whose body deletes", `CREATE FUNCTION sweep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM "Mail"; DROP TABLE "x"; RETURN NEW; END $$;\nCREATE TRIGGER "Mail_sweep" AFTER INSERT ON "Mail" FOR EACH ROW EXECUTE FUNCTION sweep();`],
    ["an index made beside the work", `DROP INDEX CONCURRENTLY IF EXISTS "Mail_to";\nCREATE INDEX CONCURRENTLY "Mail_to" ON "Mail" ("to");`],
    ["an index on a table that is said to be small", `-- small: Setting, a dozen rows\nCREATE INDEX "Setting_at" ON "Setting" ("updatedAt");`],
    ["a constraint for new rows", `ALTER TABLE "Mail" ADD CONSTRAINT "Mail_subject" CHECK (length("subject") > 0) NOT VALID;`],
    ["a contraction that says so", `-- contract: nothing reads it since 0.4\nALTER TABLE "Mail" DROP COLUMN "html";`],
  ])("%s", (_what, body) => {
    expect(lintMigration(script(body))).toEqual([]);
  });

  test("a contraction above its line does not", () => {
    expect(lintMigration(script(`ALTER TABLE "Mail" DROP COLUMN "html";\n-- contract: nothing reads it since 0.4`)).map(({ rule }) => rule)).toEqual(["drop"]);
  });
});
