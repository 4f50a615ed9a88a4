import { Prisma, processWide, type Db } from "#lib/platform/index.ts";
import { hasWords } from "./search-conditions.ts";

/** From so many matches on, or from such a share of all, an order is walked until enough of them are met; fewer are all fetched and sorted. */
const MANY = 15_000;
const LARGE_SHARE = 0.2;
const REMEMBERED = 500;
const REMEMBER_MS = 60_000;

const estimates = () => processWide("search-estimates", () => new Map<string, { many: boolean; at: number }>());

/**
 * Whether so many listings hold these words that walking an order and looking at each listing's words soon meets enough
 * of them. The planner knows how frequent a word is, but not that looking at a listing's words means fetching them from
 * a place of their own, and would walk through half of the table for a word of two per cent.
 */
export async function expectMany(db: Db, words: string): Promise<boolean> {
  const remembered = estimates();
  const known = remembered.get(words);
  if (known !== undefined && Date.now() - known.at < REMEMBER_MS) return known.many;
  const [[plan], [table]] = await Promise.all([
    db.$queryRaw<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }[]>`EXPLAIN (FORMAT JSON) SELECT 1 FROM "Listing" l WHERE ${hasWords(words)}`,
    db.$queryRaw<{ rows: number }[]>`SELECT reltuples::float8 AS rows FROM pg_class WHERE oid = '"Listing"'::regclass`,
  ]);
  const expected = plan?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
  const many = expected >= MANY || expected >= LARGE_SHARE * (table?.rows ?? 0);
  remembered.delete(words);
  remembered.set(words, { many, at: Date.now() });
  if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value ?? "");
  return many;
}

/** What a query asks for: the conditions over `"Listing" l`, and whether an index's order is walked until enough meet them. */
export interface Matches {
  conditions: Prisma.Sql;
  walk: boolean;
}

/** The matches as rows named `l`, ending in a WHERE that more can be added to. Fetched whole, the indexes of orders are hidden from the planner. */
export function source({ conditions, walk }: Matches): Prisma.Sql {
  return walk ? Prisma.sql`"Listing" l WHERE ${conditions}` : Prisma.sql`(SELECT * FROM "Listing" l WHERE ${conditions} OFFSET 0) l WHERE true`;
}
