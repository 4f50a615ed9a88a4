import type { Tx } from "#lib/platform/index.ts";
import { LIMITS, rateLimited, rateLimitHeaders, type Limit, type LimitName } from "./read-limits.ts";

/**
 * Counts one use of `name` by `who` in the database, inside the caller's transaction where there is one: a
 * mutation that fails then does not count. Throws `rate-limited` when the window is spent.
 */
export async function countInDatabase(tx: Tx, name: LimitName, who: string, now: Date = new Date()): Promise<Record<string, string>> {
  const limit: Limit = LIMITS[name];
  if (limit.max === Infinity) return {};
  const startedAt = new Date(Math.floor(now.getTime() / (limit.window * 1000)) * limit.window * 1000);
  const rows = await tx.$queryRaw<{ count: number }[]>`
    INSERT INTO "RateWindow" ("key", "startedAt", "count") VALUES (${`${name}:${who}`}, ${startedAt}, 1)
    ON CONFLICT ("key", "startedAt") DO UPDATE SET "count" = "RateWindow"."count" + 1 RETURNING "count"`;
  const count = rows[0]?.count ?? 1;
  const reset = Math.ceil((startedAt.getTime() + limit.window * 1000 - now.getTime()) / 1000);
  if (count > limit.max) throw rateLimited(name, limit, reset);
  return rateLimitHeaders(name, limit, limit.max - count, reset);
}
