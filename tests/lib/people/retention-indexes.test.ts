import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
beforeAll(async () => {
  deps = await openTestDeps();
  await fill();
});
afterAll(() => deps.close());

/** Rows of an instance that is in use: many that stay, few that are due. */
async function fill(): Promise<void> {
  const run = (sql: string) => deps.db.$executeRawUnsafe(sql);
  await run(`INSERT INTO "User" ("id", "email") VALUES ('00000000-0000-7000-8000-000000000001', 'swept@example.org')`);
  await run(`INSERT INTO "SignInLink" ("id", "tokenHash", "userId", "expiresAt") SELECT gen_random_uuid(), 'l' || n, '00000000-0000-7000-8000-000000000001', now() + n * interval '1 minute' FROM generate_series(-20, 10000) n`);
  await run(`INSERT INTO "VerificationToken" ("identifier", "tokenHash", "expires") SELECT 'reader' || n || '@example.org', 'v' || n, now() + n * interval '1 minute' FROM generate_series(-20, 10000) n`);
  await run(`INSERT INTO "EmailChange" ("id", "userId", "oldEmail", "newEmail", "tokenHash", "undoHash", "expiresAt", "confirmedAt") SELECT gen_random_uuid(), '00000000-0000-7000-8000-000000000001', 'old' || n || '@example.org', 'new' || n || '@example.org', 't' || n, 'u' || n, now(), now() FROM generate_series(1, 10000) n`);
  await run(`INSERT INTO "Mail" ("id", "to", "event", "subject", "text", "html", "createdAt") SELECT gen_random_uuid(), 'a@example.org', CASE WHEN n % 1000 = 0 THEN 'account.deleted' ELSE 'sign-in' END, 's', CASE WHEN n > 2000 AND n % 900 > 0 THEN '' ELSE 'words' END, '', now() - n * interval '1 hour' FROM generate_series(1, 10000) n`);
  await run("ANALYZE");
}

/** The plan that the database makes of a statement with its values bound, as the sweeps send them. */
async function planOf(sql: string, values: unknown[]): Promise<string> {
  const rows = await deps.db.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(`EXPLAIN ${sql}`, ...values);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

const ago = (days: number) => new Date(Date.now() - days * 86_400_000);

test.each([
  ["sign-in links that ended", "SignInLink_expiresAt_idx", `DELETE FROM "SignInLink" WHERE "expiresAt" < $1`, [ago(0)]],
  ["mailed links that ended", "VerificationToken_expires_idx", `DELETE FROM "VerificationToken" WHERE "expires" < $1`, [ago(0)]],
  ["whether an address is held", "EmailChange_oldEmail_idx", `SELECT count(*) FROM "EmailChange" WHERE "oldEmail" = $1::citext AND "confirmedAt" > $2 AND "undoneAt" IS NULL`, ["old77@example.org", ago(7)]],
  ["texts of old messages", "Mail_with_text_idx", `UPDATE "Mail" SET "text" = '', "html" = '' WHERE "createdAt" < $1 AND "text" <> $2`, [ago(90), ""]],
  ["messages that are not kept", "Mail_event_createdAt_idx", `DELETE FROM "Mail" WHERE "event" IN ($1) AND "createdAt" < $2`, ["account.deleted", ago(3)]],
])("%s are found by an index", async (_what, index, sql, values) => {
  const plan = await planOf(sql, values);
  process.stdout.write(`${plan.split("\n").slice(0, 4).join("\n")}\n`);
  expect(plan).toContain(index);
});
