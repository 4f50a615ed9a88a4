import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countInDatabase, countInMemory, LIMITS } from "#lib/http/index.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
beforeAll(async () => void (deps = await openTestDeps()));
afterAll(() => deps.close());

describe("limits in memory", () => {
  test("let the announced number through, count the rest down, and start again with the next window", () => {
    const start = 1_000_000;
    for (let use = 1; use <= LIMITS.validate.max; use++) {
      const headers = countInMemory("validate", "198.51.100.1", start);
      expect(headers["ratelimit"]).toBe(`"validate";r=${LIMITS.validate.max - use};t=60`);
    }
    expect(() => countInMemory("validate", "198.51.100.1", start + 59_000)).toThrow(expect.objectContaining({ code: "rate-limited", headers: expect.objectContaining({ "retry-after": "1" }) }));
    expect(countInMemory("validate", "198.51.100.2", start)["ratelimit"]).toContain(`r=${LIMITS.validate.max - 1}`);
    expect(countInMemory("validate", "198.51.100.1", start + 60_000)["ratelimit"]).toContain(`r=${LIMITS.validate.max - 1}`);
  });
});

describe("limits in the database", () => {
  test("hold for many at once", async () => {
    const now = new Date("2026-05-01T00:00:10Z");
    const uses = LIMITS["sign-in"].max + 5;
    const results = await Promise.allSettled(Array.from({ length: uses }, () => deps.db.$transaction((tx) => countInDatabase(tx, "sign-in", "someone", now))));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(LIMITS["sign-in"].max);
    for (const result of results) if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "rate-limited", status: 429, headers: { "retry-after": "290" } });
  });

  test("do not count what the surrounding transaction takes back", async () => {
    const failing = deps.db.$transaction(async (tx) => {
      await countInDatabase(tx, "yank", "publisher:x");
      throw new Error("the yank failed");
    });
    await expect(failing).rejects.toThrow("the yank failed");
    expect(await deps.db.rateWindow.count({ where: { key: "yank:publisher:x" } })).toBe(0);
  });
});
