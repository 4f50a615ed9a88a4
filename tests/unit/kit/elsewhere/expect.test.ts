import { describe, expect, test } from "vitest";
import { expect as own } from "./expect.ts";

/** Judges alike: whether the runner's own `expect` and the one for other platforms let the same thing pass. */
function passes(judge: () => void): boolean {
  try {
    judge();
    return true;
  } catch {
    return false;
  }
}

const VALUES = [
  undefined, null, 0, -0, NaN, 1, 2, "", "a", "abc", true, [], [1], [1, 2], [undefined], ["a"], {}, { a: 1 }, { a: undefined }, { a: 1, b: 2 }, { a: { b: [1] } }, { a: { b: [1], c: 2 } }, [{ a: 1 }, { a: 1, b: 2 }],
  new Date(0), new Date(1), new Uint8Array([1]), new Uint8Array([2]), new Map([["a", 1]]), new Set([1]), new Error("a"), new TypeError("a"), new Error("b"), () => undefined,
];
const PAIRED = ["toBe", "toEqual", "toMatchObject", "toContain", "toContainEqual", "toBeGreaterThan", "toBeGreaterThanOrEqual", "toBeLessThan", "toBeLessThanOrEqual", "toHaveLength"] as const;
const EXACT = new Set<string>(["toBe", "toEqual"]);
const ALONE = ["toBeNull", "toBeDefined", "toBeUndefined"] as const;
type Any = Record<string, (...all: unknown[]) => void>;

describe("the stand-in for expect judges as the test runner's does", () => {
  test.each(PAIRED)("%s", (name) => {
    const differ: string[] = [];
    for (const [one, actual] of VALUES.entries()) {
      for (const [two, wanted] of VALUES.entries()) {
        const there = passes(() => (expect(actual) as unknown as Any)[name]?.(wanted));
        const here = passes(() => (own(actual) as unknown as Any)[name]?.(wanted));
        // Only a matcher that was given what it is not for may be stricter; what it let pass would hide a fault.
        if (here !== there && (here || EXACT.has(name))) differ.push(`${name} ${one} ${two}: ${here}`);
      }
    }
    expect(differ).toEqual([]);
  });

  test.each(ALONE)("%s", (name) => {
    for (const value of VALUES) expect(passes(() => (own(value) as unknown as Any)[name]?.())).toBe(passes(() => (expect(value) as unknown as Any)[name]?.()));
  });

  test("toThrow, toMatch and toHaveProperty", () => {
    const raise = (error: unknown) => () => {
      throw error;
    };
    for (const run of [raise(new TypeError("abc")), raise(new Error("x")), () => undefined]) {
      for (const wanted of [undefined, TypeError, Error, "abc", /b/, "nothing"]) expect(passes(() => own(run).toThrow(wanted)), String(wanted)).toBe(passes(() => expect(run).toThrow(wanted as string)));
    }
    expect([passes(() => own("abc").toMatch(/b/)), passes(() => own("abc").toMatch(/x/)), passes(() => own({ a: 1 }).toHaveProperty("a")), passes(() => own({}).toHaveProperty("a"))]).toEqual([true, false, true, false]);
  });

  test("not, rejects, resolves and patterns", async () => {
    expect([passes(() => own(1).not.toBe(1)), passes(() => own(1).not.toBe(2))]).toEqual([false, true]);
    await expect(own(Promise.resolve(1)).rejects.toThrow()).rejects.toThrow();
    await expect(own(Promise.reject(new Error("a"))).resolves.toBe(1)).rejects.toThrow();
    await own(Promise.reject(new TypeError("a"))).rejects.toThrow(TypeError);
    await expect(own(Promise.reject(new Error("a"))).rejects.toThrow(TypeError)).rejects.toThrow();
    expect(passes(() => own({ a: 1, b: "xyz" }).toEqual(own.objectContaining({ b: own.stringMatching(/y/) })))).toBe(true);
    expect(passes(() => own({ a: 1, b: "xyz" }).toEqual(own.objectContaining({ b: own.stringMatching(/q/) })))).toBe(false);
  });
});
