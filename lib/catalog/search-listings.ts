import { CAPABILITY_IDS, capabilityClass, PERMISSIONS, TAXONOMY, TRUST_LEVELS } from "@kosmarket/kit";
import { Prisma, type Db } from "#lib/platform/index.ts";
import { listingSummaries } from "./listing-summaries.ts";
import type { ListingQueryInput, SearchResultView } from "./schema.ts";
import { chosenConditions, isWritten, searchWords } from "./search-conditions.ts";
import { countMatches, type Counted, type FacetName } from "./search-counts.ts";
import { expectMany, type Matches } from "./search-estimate.ts";
import { readPage, type Page } from "./search-pages.ts";
import { findSpelledAlike, nearestName } from "./search-spelling.ts";

/** One page of listings with facets, typo-tolerant, keyset-paginated. Throws `bad-request` for a broken cursor. */
export async function searchListings(deps: { db: Db }, query: ListingQueryInput): Promise<SearchResultView> {
  const { page, counted } = await findListings(deps.db, query, true);
  const nothing = counted.total === 0 && query.q !== "";
  return {
    items: await listingSummaries(deps.db, page.slugs),
    nextCursor: page.nextCursor,
    total: counted.total,
    counts: counted.exact ? "exact" : "estimated",
    facets: facetViews(counted, query),
    didYouMean: nothing ? await nearestName(deps.db, query.q) : null,
  };
}

/** The same page without facets and offers: what the API's list answers with. */
export async function listListings(deps: { db: Db }, query: ListingQueryInput): Promise<Pick<SearchResultView, "items" | "nextCursor" | "total" | "counts">> {
  const { page, counted } = await findListings(deps.db, query, false);
  return { items: await listingSummaries(deps.db, page.slugs), nextCursor: page.nextCursor, total: counted.total, counts: counted.exact ? "exact" : "estimated" };
}

async function findListings(db: Db, query: ListingQueryInput, facets: boolean): Promise<{ page: Page; counted: Counted }> {
  const words = searchWords(query.q);
  const chosen = chosenConditions(query);
  if (words === "") return await read(db, query, facets, { conditions: chosen, walk: true });
  const written = Prisma.sql`${chosen} AND ${isWritten(words)}`;
  const found = await read(db, query, facets, { conditions: written, walk: await expectMany(db, words) });
  if (found.counted.total > 0) return found;
  const alike = await findSpelledAlike(db, words, { written, chosen });
  return await read(db, query, facets, { conditions: Prisma.sql`l."id" = ANY(${alike}::uuid[])`, walk: false });
}

async function read(db: Db, query: ListingQueryInput, facets: boolean, matches: Matches): Promise<{ page: Page; counted: Counted }> {
  if (!facets && !matches.walk) {
    // Fetching the matches is most of the work: whoever wants no facets is spared the second time.
    const page = await readPage(db, matches, query);
    return { page, counted: page.total === null ? await countMatches(db, matches, false) : { total: page.total, exact: true, facets: [] } };
  }
  const [page, counted] = await Promise.all([readPage(db, matches, query), countMatches(db, matches, facets)]);
  return { page, counted };
}

function facetViews({ total, facets: counted }: Counted, query: ListingQueryInput): SearchResultView["facets"] {
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

/** Classes of the capabilities, each once: what the class facet counts. */
export function classesOf(capabilities: string[]): string[] {
  return [...new Set(capabilities.map((capability) => capabilityClass(capability)).filter((entry) => entry !== null && entry !== undefined))].sort();
}
