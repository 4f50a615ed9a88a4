import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countInDatabase, countInMemory, gatherLimits, LIMITS, type LimitName } from "#lib/http/index.ts";
import { connectDatabase } from "#lib/platform/index.ts";
import { translateFault } from "#lib/runtime/index.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());

/** The headers that an answer gets for one use. */
const told = (use: () => void | Promise<void>) => gatherLimits(async (headers) => (await use(), headers()));
const limited = (wait: number) => expect.objectContaining({ code: "rate-limited", status: 429, headers: expect.objectContaining({ "retry-after": String(wait) }) });

test("the limits are those that are promised", () => {
  const promised = { "sign-in": [10, 300], "second-factor": [5, 300], "new-listing": [5, 3000], update: [30, 1800] } as const;
  for (const [name, [burst, window]] of Object.entries(promised)) {
    const limit = LIMITS[name as LimitName];
    expect([limit.burst, limit.burst * limit.every], name).toEqual([burst, window]);
  }
  expect(LIMITS.yank.burst).toBe(100);
});

describe("limits in memory", () => {
  const start = 1_000_000;

  test("let the burst through, count it down, and then one for each that came back", async () => {
    const { burst, every } = LIMITS.validate;
    for (let use = 1; use <= burst; use++) {
      expect(await told(() => countInMemory("validate", "198.51.100.1", start))).toEqual({ "ratelimit-policy": `"validate";q=30;w=60`, ratelimit: `"validate";r=${burst - use};t=${use * every}` });
    }
    const use = (later: number) => () => countInMemory("validate", "198.51.100.1", start + later);
    expect(use(0)).toThrow(limited(2));
    expect(use(1999)).toThrow(limited(1));
    expect(use(2000)).not.toThrow();
    expect(use(2000)).toThrow(limited(2));
    expect(await told(() => countInMemory("validate", "198.51.100.2", start))).toMatchObject({ ratelimit: `"validate";r=${burst - 1};t=2` });
    expect(await told(use(600_000))).toMatchObject({ ratelimit: `"validate";r=${burst - 1};t=2` });
  });

  test("being refused costs nothing", () => {
    for (let use = 0; use < LIMITS.validate.burst; use++) countInMemory("validate", "198.51.100.3", start);
    for (let use = 0; use < 50; use++) expect(() => countInMemory("validate", "198.51.100.3", start + 1000)).toThrow(limited(1));
    expect(() => countInMemory("validate", "198.51.100.3", start + 2000)).not.toThrow();
  });

  test("a flood of addresses makes room by those long unused alone: whoever is refused stays refused", () => {
    for (let use = 0; use < LIMITS.search.burst; use++) countInMemory("search", "spent", start);
    for (let address = 0; address < 250_000; address++) {
      countInMemory("search", `flood-${address}`, start);
      if (address % 20_000 === 0) expect(() => countInMemory("search", "spent", start), `after ${address}`).toThrow();
    }
    expect(() => countInMemory("search", "spent", start)).toThrow();
    for (let use = 0; use < LIMITS.search.burst; use++) countInMemory("search", "flood-0", start);
  });
});

describe("limits in the database", () => {
  const now = new Date("2026-05-01T00:00:10Z");
  const use = (name: LimitName, who: string, later = 0) => countInDatabase(deps.db, name, who, new Date(now.getTime() + later));

  test("hold for many at once", async () => {
    const uses = LIMITS["sign-in"].burst + 5;
    const results = await Promise.allSettled(Array.from({ length: uses }, () => use("sign-in", "someone")));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(LIMITS["sign-in"].burst);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toEqual(limited(30));
    await expect(use("sign-in", "someone", 29_999)).rejects.toEqual(limited(1));
    await use("sign-in", "someone", 30_000);
    await expect(use("sign-in", "someone", 30_000)).rejects.toEqual(limited(30));
  });

  test("count down in the answer's headers, by the database's clock", async () => {
    expect(await told(() => countInDatabase(deps.db, "new-listing", "told"))).toEqual({ "ratelimit-policy": `"new-listing";q=5;w=3000`, ratelimit: `"new-listing";r=4;t=600` });
    const { spentUntil } = await deps.db.rateLimit.findUniqueOrThrow({ where: { key: "new-listing:told" } });
    expect(Math.abs(spentUntil.getTime() - Date.now() - 600_000)).toBeLessThan(5000);
  });

  test("several in one request are all told, each once", async () => {
    const headers = await told(async () => {
      await use("write", "both");
      await use("yank", "both");
      await use("yank", "both");
    });
    expect(headers["ratelimit"]).toBe(`"write";r=119;t=1, "yank";r=98;t=120`);
  });

  test("are no reason for a broken answer while the database is away: it is 503, and nothing passes uncounted", async () => {
    const away = connectDatabase("postgresql://nobody@127.0.0.1:1/none", 1, 2);
    try {
      const fault = await countInDatabase(away, "sign-in", "someone").catch((error: unknown) => error);
      expect(translateFault(fault)).toMatchObject({ code: "unavailable", status: 503, headers: { "retry-after": "5" } });
    } finally {
      await away.$disconnect();
    }
  });

  test("do not count what the surrounding transaction takes back", async () => {
    const failing = deps.db.$transaction(async (tx) => {
      await countInDatabase(tx, "yank", "publisher:x");
      throw new Error("the yank failed");
    });
    await expect(failing).rejects.toThrow("the yank failed");
    expect(await deps.db.rateLimit.count({ where: { key: "yank:publisher:x" } })).toBe(0);
  });
});
