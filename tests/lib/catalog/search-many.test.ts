import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listListings, searchListings } from "#lib/catalog/index.ts";
import { ListingQuery } from "#lib/catalog/schema.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { generateListing } from "../../../bench/search/generate-listings.ts";
import { seedListings } from "../../../bench/search/seed-listings.ts";

/** More than are counted one by one, and more of a frequent word than are ranked. */
const LISTINGS = 1_400;

let deps: TestDeps;
let all: ReturnType<typeof generateListing>[];

beforeAll(async () => {
  deps = await openTestDeps();
  await seedListings(deps.config.databaseUrl, 0, LISTINGS);
  all = Array.from({ length: LISTINGS }, (_, index) => generateListing(index));
}, 120_000);
afterAll(() => deps.close());

const search = (query: Record<string, unknown>) => searchListings(deps, ListingQuery.parse(query));

async function pageThrough(query: Record<string, unknown>): Promise<string[]> {
  const visited: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listListings(deps, ListingQuery.parse({ limit: 70, ...query, ...(cursor === null ? {} : { cursor }) }));
    visited.push(...page.items.map((item) => item.id));
    cursor = page.nextCursor;
  } while (cursor !== null && visited.length <= LISTINGS);
  return visited;
}

const saying = (word: string) => all.filter(({ slug, name, summary, readme, tags, capabilities }) => [slug, name, summary, readme, ...tags, ...capabilities].join(" ").toLowerCase().includes(word)).map(({ slug }) => slug);

describe("paging reaches every listing once", () => {
  test.each(["name", "updated", "newest", "downloads", "relevance"])("sorted by %s", async (sort) => {
    const visited = await pageThrough({ sort });
    expect(visited.length).toBe(LISTINGS);
    expect(new Set(visited)).toEqual(new Set(all.map(({ slug }) => slug)));
  });

  test.each(["model", "assistant"])("of the many that say %s, past those that are ranked", async (word) => {
    const visited = await pageThrough({ q: word });
    expect(new Set(visited).size).toBe(visited.length);
    expect(visited.length).toBeGreaterThan(600);
    expect(new Set(visited)).toEqual(new Set(saying(word)));
  });

  test("of the many that say a word, narrowed to one kind", async () => {
    const services = new Set(all.filter(({ kind }) => kind === "service").map(({ slug }) => slug));
    expect(new Set(await pageThrough({ q: "model", kind: "service", limit: 7 }))).toEqual(new Set(saying("model").filter((slug) => services.has(slug))));
  });

  test("where all have the same number of downloads", async () => {
    await deps.db.$executeRaw`UPDATE "Listing" SET "downloads30d" = 0`;
    try {
      for (const query of [{ sort: "downloads" }, { q: "model" }]) {
        const visited = await pageThrough(query);
        expect(new Set(visited).size).toBe(visited.length);
        expect(visited.length).toBe("q" in query ? saying("model").length : LISTINGS);
      }
    } finally {
      for (const { slug, downloads } of all) await deps.db.listing.update({ where: { slug }, data: { downloads30d: downloads } });
    }
  });
});

describe("relevance among many", () => {
  test("the exact id stands first, however few download it", async () => {
    const slug = all.toSorted((a, b) => a.downloads - b.downloads)[0]?.slug ?? "";
    expect((await search({ q: slug })).items[0]?.id).toBe(slug);
    await deps.db.listing.update({ where: { slug }, data: { name: "Model" } });
    try {
      expect((await search({ q: "model" })).items[0]?.id).toBe(slug);
    } finally {
      await deps.db.listing.update({ where: { slug }, data: { name: all.find((listing) => listing.slug === slug)?.name ?? "" } });
    }
  });

  test.each([["amber-anchr-agent", "amber-anchor-agent"], ["Amber Ancor Agent", "amber-anchor-agent"]])("%s, misspelled, finds %s first", async (q, expected) => {
    expect((await search({ q })).items[0]?.id).toBe(expected);
  });

  test("a misspelled id is found only within what was chosen", async () => {
    const { kind } = all.find(({ slug }) => slug === "amber-anchor-agent") ?? { kind: "" };
    const other = await search({ q: "amber-anchr-agent", kind: kind === "plugin" ? "service" : "plugin", limit: 100 });
    expect(other.items.map((item) => item.id)).not.toContain("amber-anchor-agent");
  });
});

describe("counts", () => {
  test("are exact up to a thousand", async () => {
    const plugins = all.filter(({ kind }) => kind === "plugin");
    const exact = plugins.filter(({ trust }) => trust === "trusted");
    const found = await search({ kind: "plugin", trust: "trusted" });
    expect([found.total, found.counts]).toEqual([exact.length, "exact"]);
    for (const { value, count } of found.facets.license) expect(count, value).toBe(exact.filter(({ license }) => license === value).length);
    for (const { value, count } of found.facets.capability) expect(count, value).toBe(exact.filter(({ capabilities }) => capabilities.includes(value as never)).length);
    for (const { value, count } of found.facets.without.filter(({ count: number }) => number > 0)) expect(count, value).toBe(exact.filter(({ permissions }) => !permissions.includes(value as never)).length);
  });

  test("the thousandth is counted, from the next on they are estimated and say so", async () => {
    const kept = all.slice(0, 1_000).map(({ slug }) => slug);
    await deps.db.listing.updateMany({ where: { slug: { notIn: kept } }, data: { hiddenAt: new Date() } });
    try {
      expect(await search({ limit: 1 })).toMatchObject({ total: 1_000, counts: "exact" });
      await deps.db.listing.update({ where: { slug: all[1_000]?.slug ?? "" }, data: { hiddenAt: null } });
      expect((await search({ limit: 1 })).counts).toBe("estimated");
    } finally {
      await deps.db.listing.updateMany({ data: { hiddenAt: null } });
    }
  });

  test("of more are near the truth", async () => {
    const found = await search({ limit: 1 });
    expect(found.counts).toBe("estimated");
    expect(Math.abs(found.total - LISTINGS) / LISTINGS).toBeLessThan(0.12);
    for (const { value, count } of found.facets.kind) {
      const truth = all.filter(({ kind }) => kind === value).length;
      expect(Math.abs(count - truth) / truth, value).toBeLessThan(0.25);
    }
  });
});

test("what nobody may see is in no list and no count", async () => {
  const [hidden, suspended] = [all[0], all[1]];
  const publisher = `bench-publisher-${suspended?.publisher}`;
  await deps.db.listing.update({ where: { slug: hidden?.slug ?? "" }, data: { hiddenAt: new Date() } });
  await deps.db.publisher.update({ where: { slug: publisher }, data: { suspendedAt: new Date() } });
  try {
    for (const listing of [hidden, suspended]) expect((await search({ q: listing?.slug, limit: 100 })).items.map((item) => item.id)).not.toContain(listing?.slug);
    expect((await search({ publisher })).total).toBe(0);
  } finally {
    await deps.db.listing.update({ where: { slug: hidden?.slug ?? "" }, data: { hiddenAt: null } });
    await deps.db.publisher.update({ where: { slug: publisher }, data: { suspendedAt: null } });
  }
});
