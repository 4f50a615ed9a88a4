import { Prisma, type Db, type Tx } from "#lib/platform/index.ts";
import { VISIBLE } from "../search-conditions.ts";

/** Beyond so many, counting stops: the number says "at least". */
const MOST_COUNTED = 10_000;

export interface Dependents {
  /** Listings whose current version names it. */
  direct: number;
  /** Those, and whoever needs them in turn; never more than 10,000. */
  total: number;
}

/** How many visible listings need one, by their current versions. */
export async function countDependents(db: Db | Tx, id: string): Promise<Dependents> {
  const [row] = await db.$queryRaw<{ direct: number; total: number }[]>(Prisma.sql`
    WITH RECURSIVE needing(slug, level) AS (
      SELECT ${id}::text, 0
      UNION
      SELECT l."slug", least(n.level + 1, 2) FROM needing n
        JOIN "Version" v ON v."manifest"->'dependencies'->'listings' ? n.slug
        JOIN "Listing" l ON l."id" = v."listingId" AND v."version" = l."latestVersion"
        WHERE ${VISIBLE}
    ), counted AS (SELECT slug, min(level) AS level FROM (SELECT slug, level FROM needing LIMIT ${MOST_COUNTED + 1}) AS capped WHERE slug <> ${id} GROUP BY slug)
    SELECT count(*) FILTER (WHERE level = 1)::int AS direct, count(*)::int AS total FROM counted`);
  return row ?? { direct: 0, total: 0 };
}

/** Visible listings whose current version names this one, and what they ask of it. */
export async function listDependents(db: Db | Tx, id: string, most: number): Promise<{ id: string; range: string }[]> {
  return await db.$queryRaw<{ id: string; range: string }[]>(Prisma.sql`
    SELECT l."slug" AS id, v."manifest"->'dependencies'->'listings'->>${id} AS range
    FROM "Version" v JOIN "Listing" l ON l."id" = v."listingId" AND v."version" = l."latestVersion"
    WHERE ${VISIBLE} AND v."manifest"->'dependencies'->'listings' ? ${id} ORDER BY 1 LIMIT ${most}`);
}
