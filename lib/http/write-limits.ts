import type { Db, Tx } from "#lib/platform/index.ts";
import { LIMITS, takeStanding, type Limit, type LimitName } from "./read-limits.ts";

/**
 * Counts one use of `name` by `who` in the database, inside the caller's transaction where there is one: a mutation
 * that fails then does not count. GCRA as in memory, decided and written by one statement under the row's lock, so
 * that of many at once only as many pass as may. The database's clock counts unless `now` is given. Throws
 * `rate-limited` when the burst is spent, and then changes nothing.
 */
export async function countInDatabase(tx: Tx, name: LimitName, who: string, now: Date | null = null): Promise<void> {
  const limit: Limit = LIMITS[name];
  if (limit.burst === Infinity) return;
  const key = `${name}:${who}`;
  const taken = await tx.$queryRaw<{ spentFor: number }[]>`
    INSERT INTO "RateLimit" AS held ("key", "spentUntil")
    VALUES (${key}, COALESCE(${now}::timestamptz, statement_timestamp()) + make_interval(secs => ${limit.every}::float8))
    ON CONFLICT ("key") DO UPDATE
      SET "spentUntil" = GREATEST(held."spentUntil", COALESCE(${now}::timestamptz, statement_timestamp())) + make_interval(secs => ${limit.every}::float8)
      WHERE held."spentUntil" <= COALESCE(${now}::timestamptz, statement_timestamp()) + make_interval(secs => ${limit.every * (limit.burst - 1)}::float8)
    RETURNING EXTRACT(EPOCH FROM "spentUntil" - COALESCE(${now}::timestamptz, statement_timestamp()))::float8 AS "spentFor"`;
  if (taken[0] !== undefined) return takeStanding(name, true, taken[0].spentFor);
  const [held] = await tx.$queryRaw<{ spentFor: number }[]>`
    SELECT EXTRACT(EPOCH FROM "spentUntil" - COALESCE(${now}::timestamptz, statement_timestamp()))::float8 AS "spentFor" FROM "RateLimit" WHERE "key" = ${key}`;
  takeStanding(name, false, held?.spentFor ?? limit.burst * limit.every);
}

/** Gives back every use of `name` by `who`: for limits that only failures should spend. */
export async function forgiveInDatabase(tx: Db | Tx, name: LimitName, who: string): Promise<void> {
  await tx.rateLimit.deleteMany({ where: { key: `${name}:${who}` } });
}

/** True while `who` has no use of `name` left. */
export async function isSpentInDatabase(tx: Db | Tx, name: LimitName, who: string): Promise<boolean> {
  const limit: Limit = LIMITS[name];
  const rows = await tx.$queryRaw<{ spent: boolean }[]>`
    SELECT "spentUntil" > statement_timestamp() + make_interval(secs => ${limit.every * (limit.burst - 1)}::float8) AS spent FROM "RateLimit" WHERE "key" = ${`${name}:${who}`}`;
  return rows[0]?.spent ?? false;
}
