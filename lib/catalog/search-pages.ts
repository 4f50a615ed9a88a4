import { badRequest } from "#lib/http/index.ts";
import { isUnreadableValue, Prisma, type Db } from "#lib/platform/index.ts";
import type { ListingQueryInput } from "./schema.ts";
import { isNamed, relevance, searchWords } from "./search-conditions.ts";
import { source, type Matches } from "./search-estimate.ts";

type Sort = NonNullable<ListingQueryInput["sort"]>;

export interface Page {
  slugs: string[];
  nextCursor: string | null;
  /** How many match, where finding the page told; null where it did not. */
  total: number | null;
}

/** Where a page begins: behind the listing with this key and id. */
interface Place {
  key: string;
  slug: string;
}

interface Order {
  key: Prisma.Sql;
  cast: Prisma.Sql;
  ascending: boolean;
}

/** Sort key and direction; every order ends in the slug, so that a cursor names one place. Each has its index. */
const ORDERS: Record<Exclude<Sort, "relevance">, Order> = {
  updated: { key: Prisma.sql`l."updatedAt"`, cast: Prisma.sql`timestamptz`, ascending: false },
  newest: { key: Prisma.sql`l."createdAt"`, cast: Prisma.sql`timestamptz`, ascending: false },
  downloads: { key: Prisma.sql`l."downloads30d"`, cast: Prisma.sql`int`, ascending: false },
  name: { key: Prisma.sql`lower(l."name")`, cast: Prisma.sql`text`, ascending: true },
};

/** Of more matches, so many of the most downloaded are put in the order of relevance; the others follow by downloads. */
export const RANKED = 300;
/** The cursor's word for the others. */
const REST = "rest";

/** One page of the matches. Throws `bad-request` for a broken cursor. */
export async function readPage(db: Db, matches: Matches, query: ListingQueryInput): Promise<Page> {
  const words = searchWords(query.q);
  const sort = query.sort ?? (words === "" ? "name" : "relevance");
  if (sort !== "relevance") return await keyedPage(db, matches, query, { sort, after: afterCursor(query.cursor, sort) });
  if (words === "") return await keyedPage(db, matches, query, { sort: "name", after: afterCursor(query.cursor, "name") });
  return await rankedPage(db, matches, query, words);
}

async function keyedPage(db: Db, matches: Matches, query: ListingQueryInput, { sort, after }: { sort: keyof typeof ORDERS; after: Place | null }): Promise<Page> {
  const rows = await keyedRows(db, matches, { order: ORDERS[sort], after, most: query.limit + 1 });
  return pageOf(rows.map(({ slug, key }) => ({ slug, cursor: [sort, key, slug] })), query.limit);
}

/** Rows after a place, in two halves that each are one stretch of an index: the same key with a later slug, and the keys beyond. */
async function keyedRows(db: Db, matches: Matches, { order, after, most }: { order: Order; after: Place | null; most: number }): Promise<{ slug: string; key: string }[]> {
  const direction = order.ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = order.ascending ? Prisma.sql`>` : Prisma.sql`<`;
  const part = (seek: Prisma.Sql) => Prisma.sql`(SELECT l."slug" AS slug, ${order.key} AS k FROM ${source(matches)} ${seek} ORDER BY ${order.key} ${direction}, l."slug" LIMIT ${most})`;
  const found =
    after === null
      ? part(Prisma.empty)
      : Prisma.sql`${part(Prisma.sql`AND ${order.key} = ${after.key}::${order.cast} AND l."slug" > ${after.slug}`)} UNION ALL ${part(Prisma.sql`AND ${order.key} ${beyond} ${after.key}::${order.cast}`)}`;
  const rows = db.$queryRaw<{ slug: string; key: string }[]>`SELECT slug, k::text AS key FROM (${found}) found ORDER BY k ${direction}, slug LIMIT ${most}`;
  return await rows.catch((error: unknown) => {
    throw after !== null && isUnreadableValue(error) ? brokenCursor() : error;
  });
}

/** First what is ranked, then the rest from where the ranked ones end in the order of downloads. */
async function rankedPage(db: Db, matches: Matches, query: ListingQueryInput, words: string): Promise<Page> {
  const rest = afterCursor(query.cursor, REST, "relevance");
  const after = rest === null ? afterCursor(query.cursor, "relevance") : null;
  const ranked = await rankedRows(db, matches, words);
  const last = ranked.find((row) => row.place === RANKED);
  const shown = rest === null ? ranked.filter((row) => after === null || isBehind(row, after)) : [];
  const entries = shown.map(({ slug, key }) => ({ slug, cursor: ["relevance", key, slug] }));
  if (entries.length <= query.limit && last !== undefined) {
    const unranked = { ...matches, conditions: Prisma.sql`${matches.conditions} AND NOT ${isNamed(words)}` };
    const rows = await keyedRows(db, unranked, { order: ORDERS.downloads, after: rest ?? { key: String(last.downloads), slug: last.slug }, most: query.limit + 1 - entries.length });
    entries.push(...rows.map(({ slug, key }) => ({ slug, cursor: [REST, key, slug] })));
  }
  const total = matches.walk ? null : ranked.filter((row) => row.place === null).length + (ranked.find((row) => row.place !== null)?.others ?? 0);
  return { ...pageOf(entries, query.limit), total };
}

interface RankedRow {
  slug: string;
  key: string;
  downloads: number;
  /** From 1, in the order of downloads; the listings that bear the words as id or name stand outside of it. */
  place: number | null;
  /** All matches with a place, shown or not; null where the order was walked and they were not all seen. */
  others: number | null;
}

/** The RANKED most downloaded matches and whatever is named exactly so, by falling relevance. */
async function rankedRows(db: Db, matches: Matches, words: string): Promise<RankedRow[]> {
  const others = matches.walk ? Prisma.sql`NULL::int` : Prisma.sql`(count(*) OVER ())::int`;
  return await db.$queryRaw<RankedRow[]>`
    WITH popular AS MATERIALIZED (
      SELECT ${others} AS others, l."id" AS id, l."downloads30d" AS downloads, l."slug" AS slug FROM ${source(matches)} AND NOT ${isNamed(words)} ORDER BY l."downloads30d" DESC, l."slug" LIMIT ${RANKED}),
    chosen AS (
      SELECT id, others, row_number() OVER (ORDER BY downloads DESC, slug)::int AS place FROM popular
      UNION ALL (SELECT l."id", NULL, NULL FROM "Listing" l WHERE ${matches.conditions} AND ${isNamed(words)} ORDER BY l."slug" LIMIT ${RANKED}))
    SELECT l."slug" AS slug, l."downloads30d" AS downloads, chosen.place AS place, chosen.others AS others, ${relevance(words)}::text AS key
    FROM chosen JOIN "Listing" l ON l."id" = chosen.id ORDER BY ${relevance(words)} DESC, l."slug" COLLATE "C"`;
}

/** True for what comes after the place; ids compare by code unit, as in the query above. */
function isBehind(row: RankedRow, after: Place): boolean {
  const [key, passed] = [Number(row.key), Number(after.key)];
  if (Number.isNaN(passed)) throw brokenCursor();
  return key < passed || (key === passed && row.slug > after.slug);
}

function pageOf(entries: { slug: string; cursor: (string | undefined)[] }[], limit: number): Page {
  const shown = entries.slice(0, limit);
  const last = entries.length > limit ? shown.at(-1) : undefined;
  return { slugs: shown.map(({ slug }) => slug), nextCursor: last === undefined ? null : Buffer.from(JSON.stringify(last.cursor)).toString("base64url"), total: null };
}

const brokenCursor = () => badRequest("The cursor does not belong to this query: take it from `nextCursor` and keep the other parameters.");

/** The place that a cursor names; null without one, or where it is of the kind `otherwise`. */
function afterCursor(cursor: string | undefined, kind: string, otherwise?: string): Place | null {
  if (cursor === undefined || cursor === "") return null;
  try {
    const [found, key, slug] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    if (found === otherwise && otherwise !== undefined) return null;
    if (found === kind && typeof key === "string" && typeof slug === "string") return { key, slug };
  } catch {
    // Falls through to the one answer for every broken cursor.
  }
  throw brokenCursor();
}
