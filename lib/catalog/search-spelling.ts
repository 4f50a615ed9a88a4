import { Prisma, type Db } from "#lib/platform/index.ts";
import { searchWords, VISIBLE } from "./search-conditions.ts";

/** The most alike are shown; of a word that more resemble, the likeness is slight. */
const MOST = 300;
/** From 0 to 1: `olama` is 0.44 like `ollama`, and at pg_trgm's own 0.3 thirty times as many names have to be looked at. */
const ALIKE = "0.4";
/** A spelling to offer is looked for among so many of the most downloaded. */
const OFFERED_FROM = 2_000;

/** Ids of the listings that meet `written`, or `chosen` and bear an id or name that is spelled alike; bounded, so that what follows is cheap. */
export async function findSpelledAlike(db: Db, words: string, { written, chosen }: { written: Prisma.Sql; chosen: Prisma.Sql }): Promise<string[]> {
  const like = (column: Prisma.Sql) => Prisma.sql`SELECT l."id", similarity(${column}, ${words.toLowerCase()}) AS near FROM "Listing" l WHERE ${chosen} AND ${column} % ${withThreshold(words)}`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT found."id"::text AS id FROM ((SELECT l."id", 2 AS near FROM "Listing" l WHERE ${written} LIMIT ${MOST}) UNION ALL ${like(Prisma.sql`l."slug"`)} UNION ALL ${like(Prisma.sql`l."name"`)}) found
    GROUP BY 1 ORDER BY max(found.near) DESC, 1 LIMIT ${MOST}`;
  return rows.map(({ id }) => id);
}

/** The words to compare with; the operator's threshold is set, for this statement alone, before they are there to compare. */
function withThreshold(words: string): Prisma.Sql {
  return Prisma.sql`(SELECT left(set_config('pg_trgm.similarity_threshold', ${ALIKE}, true), 0) || ${words.toLowerCase()})`;
}

/** The name that is spelled most like the query, for when nothing was found; null where none is. */
export async function nearestName(db: Db, q: string): Promise<string | null> {
  const words = searchWords(q).toLowerCase();
  if (words === "") return null;
  const rows = await db.$queryRaw<{ name: string }[]>`
    WITH popular AS (SELECT l."name", l."slug" FROM "Listing" l WHERE ${VISIBLE} ORDER BY l."downloads30d" DESC, l."slug" LIMIT ${OFFERED_FROM})
    SELECT l."name" AS name FROM popular l WHERE greatest(similarity(l."slug", ${words}), word_similarity(${words}, l."name")) > 0.15
    ORDER BY greatest(similarity(l."slug", ${words}), word_similarity(${words}, l."name")) DESC, l."slug" LIMIT 1`;
  return rows[0]?.name ?? null;
}
