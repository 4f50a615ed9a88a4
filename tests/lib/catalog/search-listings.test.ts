import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { packReproducible } from "@kosmarket/inspect";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { searchListings } from "#lib/catalog/index.ts";
import { ListingQuery } from "#lib/catalog/schema.ts";
import { makePerson, makePublisher } from "#tests/support/accounts.ts";
import { approveAndPublish, submitBytes } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { runChecks } from "#lib/publishing/index.ts";

const root = join(import.meta.dirname, "../../..");
let deps: TestDeps;
let slugs: string[];

/** The real catalogue and the real examples, through the code that everyone's packages take. */
beforeAll(async () => {
  deps = await openTestDeps();
  const owner = await makePerson(deps);
  const publisher = await makePublisher(deps, owner);
  const folders = ["catalog", "examples"].flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)).filter((path) => statSync(path).isDirectory()));
  slugs = await Promise.all(folders.map(async (folder) => {
    const { bytes, manifest } = await packReproducible(folder);
    const submission = await submitBytes(deps, { principal: owner, publisher }, "package", bytes);
    await runChecks(deps, { submissionId: submission.id });
    await approveAndPublish(deps, submission.id);
    return manifest.id;
  }));
}, 180_000);
afterAll(() => deps.close());

const search = (query: Record<string, unknown>) => searchListings(deps, ListingQuery.parse(query));
const found = async (q: string) => (await search({ q })).items.map((item) => item.id);

test("everything that ships is published and found", async () => {
  const result = await search({ limit: 100 });
  expect(result.items.map((item) => item.id).sort()).toEqual([...slugs].sort());
  expect(result.total).toBe(slugs.length);
});

describe("words", () => {
  test("every id finds its own listing first", async () => {
    for (const slug of slugs) expect((await found(slug))[0], slug).toBe(slug);
  });

  test.each([
    ["speech to text", "whisper"],
    ["wisper", "whisper"],
    ["antropic", "anthropic"],
    ["olama", "ollama"],
    ["weviate", "weaviate"],
    ["similarity search", "qdrant"],
    ["OPENAI", "openai"],
    ["hugging face", "hugging-face"],
  ])("%s finds %s", async (q, expected) => {
    expect(await found(q)).toContain(expected);
  });

  test("speech to text finds Whisper first", async () => {
    expect((await found("speech to text"))[0]).toBe("whisper");
  });

  test("what is not there gives nothing, with a spelling that would", async () => {
    const result = await search({ q: "qdrnatt" });
    expect(result.didYouMean === "Qdrant" || result.items.some((item) => item.id === "qdrant")).toBe(true);
    expect((await search({ q: "zzzzzzzzzz" })).items).toEqual([]);
  });
});

describe("facets", () => {
  test("each count is what choosing it gives", async () => {
    const { facets } = await search({ limit: 1 });
    for (const [name, values] of Object.entries(facets)) {
      for (const { value, count } of values) expect((await search({ [name]: value, limit: 1 })).total, `${name}=${value}`).toBe(count);
    }
  });

  test("narrow together with words", async () => {
    const { facets, total } = await search({ q: "image", limit: 100 });
    expect(facets.kind.reduce((sum, facet) => sum + facet.count, 0)).toBe(total);
    for (const { value, count } of facets.type) expect((await search({ q: "image", type: value })).total, value).toBe(count);
  });

  test("permission keeps those that ask for it, without those that do not", async () => {
    const all = await search({ limit: 100 });
    const asking = await search({ permission: "log_output", limit: 100 });
    const free = await search({ without: "log_output", limit: 100 });
    expect(asking.items.every((item) => item.permissions.includes("log_output"))).toBe(true);
    expect(asking.total).toBeGreaterThan(0);
    expect(asking.total + free.total).toBe(all.total);
  });
});

describe("pages", () => {
  test.each(["relevance", "updated", "newest", "downloads", "name"])("sorted by %s, the cursor visits every listing once", async (sort) => {
    for (const q of sort === "relevance" ? ["", "service"] : [""]) {
      const whole = (await search({ q, sort, limit: 100 })).items.map((item) => item.id);
      const visited: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await search({ q, sort, limit: 4, ...(cursor === null ? {} : { cursor }) });
        visited.push(...page.items.map((item) => item.id));
        cursor = page.nextCursor;
      } while (cursor !== null && visited.length < 200);
      expect(visited).toEqual(whole);
      expect(new Set(visited).size).toBe(visited.length);
    }
  });

  const cursorOf = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
  test.each([
    ["no JSON", "!!!"],
    ["of another order", cursorOf("name", "a", "b")],
    ["no number where one belongs", cursorOf("downloads", "many", "b")],
    ["a NUL in the id", cursorOf("downloads", "1", "a\u0000")],
    ["a number that is too large", cursorOf("downloads", "99999999999999999999", "b")],
    ["an object", cursorOf("downloads", {}, [])],
  ])("a broken cursor, %s, is refused as the caller's fault", async (_what, cursor) => {
    await expect(search({ sort: "downloads", cursor })).rejects.toMatchObject({ code: "bad-request" });
  });
});

describe("hostile words never break the search", () => {
  test.each(["'", "''", "\\", "%", "_", ":*", "a:*b", "& | !", "!", "<->", "a <-> b", "(", "))))", "\"", "\"a", "or", "and not", "-", "--", "a -b", "*:*", "\u0000", "a\u0000b", "\u202e", "²", "½ ⅷ", "１２", "ﷺ", "𝕏", "\ud800", "é".normalize("NFD"), "日本語", "ا ب", "; DROP TABLE \"Listing\"", "$1", "${q}", "a".repeat(200), "a ".repeat(100), "' OR 1=1 --", "\t\n", "._@/+#-", "#", "+", "@@", "/../..", "x:y:z", "🙂"])("%j", async (q) => {
    const result = await search({ q });
    expect(result.total).toBeGreaterThanOrEqual(result.items.length);
  });

  test.each(["kind", "type", "capability", "class", "trust", "permission", "without", "license", "publisher"])("in the facet %s", async (facet) => {
    for (const value of ["\u0000", "'", "a\u0000", "{}", "\\", ""]) await expect(search({ [facet]: value })).resolves.toHaveProperty("items");
  });
});
