import { CAPABILITY_IDS, capabilityClass, PERMISSIONS, TAXONOMY, TRUST_LEVELS } from "@kosmarket/kit";
import { badRequest } from "#lib/http/index.ts";
import { isUnreadableValue, Prisma, type Db } from "#lib/platform/index.ts";
import { listingSummaries } from "./listing-summaries.ts";
import type { ListingQueryInput, SearchResultView } from "./schema.ts";
import { relevance, searchConditions, searchWords, VISIBLE } from "./search-conditions.ts";

type Sort = NonNullable<ListingQueryInput["sort"]>;

/** Sort key and direction; every order ends in the slug, so that a cursor names one place. */
const ORDERS: Record<Sort, { key: (query: ListingQueryInput) => Prisma.Sql; cast: Prisma.Sql; ascending: boolean }> = {
  relevance: { key: (query) => relevance(query.q), cast: Prisma.sql`numeric`, ascending: false },
  updated: { key: () => Prisma.sql`l."updatedAt"`, cast: Prisma.sql`timestamptz`, ascending: false },
  newest: { key: () => Prisma.sql`l."createdAt"`, cast: Prisma.sql`timestamptz`, ascending: false },
  downloads: { key: () => Prisma.sql`l."downloads30d"`, cast: Prisma.sql`int`, ascending: false },
  name: { key: () => Prisma.sql`lower(l."name")`, cast: Prisma.sql`text`, ascending: true },
};

/** One page of listings with facets, typo-tolerant, keyset-paginated. Throws `bad-request` for a broken cursor. */
export async function searchListings(deps: { db: Db }, query: ListingQueryInput): Promise<SearchResultView> {
  const sort = query.sort ?? (searchWords(query.q) === "" ? "name" : "relevance");
  const [rows, counted] = await Promise.all([pageOf(deps.db, query, sort), countFacets(deps.db, query)]);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    items: await listingSummaries(deps.db, page.map((row) => row.slug)),
    nextCursor: last === undefined ? null : Buffer.from(JSON.stringify([sort, last.key, last.slug])).toString("base64url"),
    total: counted.total,
    facets: facetViews(counted.facets, query),
    didYouMean: counted.total === 0 && query.q !== "" ? await nearestName(deps.db, query.q) : null,
  };
}

async function pageOf(db: Db, query: ListingQueryInput, sort: Sort): Promise<{ slug: string; key: string }[]> {
  const order = ORDERS[sort];
  const key = order.key(query);
  const after = afterCursor(query.cursor, sort);
  const direction = order.ascending ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const beyond = order.ascending ? Prisma.sql`>` : Prisma.sql`<`;
  const seek = after === null ? Prisma.empty : Prisma.sql`WHERE k ${beyond} ${after.key}::${order.cast} OR (k = ${after.key}::${order.cast} AND slug > ${after.slug})`;
  const rows = db.$queryRaw<{ slug: string; key: string }[]>`
    SELECT slug, k::text AS key FROM (
      SELECT l."slug" AS slug, ${key} AS k FROM "Listing" l JOIN "Publisher" p ON p."id" = l."publisherId" WHERE ${searchConditions(query)}
    ) found ${seek} ORDER BY k ${direction}, slug ASC LIMIT ${query.limit + 1}`;
  return await rows.catch((error: unknown) => {
    throw after !== null && isUnreadableValue(error) ? brokenCursor() : error;
  });
}

const brokenCursor = () => badRequest("The cursor does not belong to this query: take it from `nextCursor` and keep the other parameters.");

function afterCursor(cursor: string | undefined, sort: Sort): { key: string; slug: string } | null {
  if (cursor === undefined || cursor === "") return null;
  try {
    const [kind, key, slug] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
    if (kind === sort && typeof key === "string" && typeof slug === "string") return { key, slug };
  } catch {
    // Falls through to the one answer for every broken cursor.
  }
  throw brokenCursor();
}

type FacetName = keyof SearchResultView["facets"];
interface Counted {
  total: number;
  facets: { facet: FacetName | "total"; value: string; count: number }[];
}

async function countFacets(db: Db, query: ListingQueryInput): Promise<Counted> {
  const rows = await db.$queryRaw<{ facet: FacetName | "total"; value: string; count: number }[]>`
    WITH found AS MATERIALIZED (
      SELECT l."kind", l."type", l."effectiveTrust", l."license", l."capabilities", l."classes", l."permissions"
      FROM "Listing" l JOIN "Publisher" p ON p."id" = l."publisherId" WHERE ${searchConditions(query)})
    SELECT 'total' AS facet, '' AS value, count(*)::int AS count FROM found
    UNION ALL SELECT 'kind', "kind", count(*)::int FROM found GROUP BY 2
    UNION ALL SELECT 'type', "type", count(*)::int FROM found GROUP BY 2
    UNION ALL SELECT 'trust', "effectiveTrust", count(*)::int FROM found GROUP BY 2
    UNION ALL SELECT 'license', "license", count(*)::int FROM found WHERE "license" IS NOT NULL GROUP BY 2
    UNION ALL SELECT 'capability', unnest("capabilities"), count(*)::int FROM found GROUP BY 2
    UNION ALL SELECT 'class', unnest("classes"), count(*)::int FROM found GROUP BY 2
    UNION ALL SELECT 'without', unnest("permissions"), count(*)::int FROM found GROUP BY 2`;
  return { total: rows.find((row) => row.facet === "total")?.count ?? 0, facets: rows };
}

function facetViews(counted: Counted["facets"], query: ListingQueryInput): SearchResultView["facets"] {
  const total = counted.find((row) => row.facet === "total")?.count ?? 0;
  const count = (facet: FacetName, value: string) => counted.find((row) => row.facet === facet && row.value === value)?.count ?? 0;
  const view = (facet: FacetName, value: string, label: string, selected: string[], number = count(facet, value)) => ({ value, label, count: number, selected: selected.includes(value) });
  const used = (facet: FacetName) => counted.filter((row) => row.facet === facet).map((row) => row.value).sort();
  return {
    kind: [view("kind", "service", "Services", query.kind), view("kind", "plugin", "Plugins", query.kind)],
    type: TAXONOMY.types.map((type) => view("type", type.id, type.label, query.type)),
    class: TAXONOMY.classes.map((entry) => view("class", entry.id, entry.label, query.class)),
    capability: CAPABILITY_IDS.filter((id) => count("capability", id) > 0 || query.capability.includes(id)).map((id) => view("capability", id, id.replaceAll("_", " "), query.capability)),
    trust: TRUST_LEVELS.map((level) => view("trust", level.id, level.id, query.trust)),
    without: PERMISSIONS.filter((permission) => count("without", permission.id) > 0 || query.without.includes(permission.id)).map((permission) => view("without", permission.id, permission.label, query.without, total - count("without", permission.id))),
    license: used("license").map((value) => view("license", value, value, query.license)),
  };
}

async function nearestName(db: Db, q: string): Promise<string | null> {
  const words = searchWords(q).toLowerCase();
  if (words === "") return null;
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT l."name" AS name FROM "Listing" l WHERE ${VISIBLE} AND greatest(similarity(l."slug", ${words}), word_similarity(${words}, l."name")) > 0.15
    ORDER BY greatest(similarity(l."slug", ${words}), word_similarity(${words}, l."name")) DESC, l."slug" LIMIT 1`;
  return rows[0]?.name ?? null;
}

/** Classes of the capabilities, each once: what the class facet counts. */
export function classesOf(capabilities: string[]): string[] {
  return [...new Set(capabilities.map((capability) => capabilityClass(capability)).filter((entry) => entry !== null && entry !== undefined))].sort();
}
