import { describe, expect, test } from "vitest";
import { AnswerCache, type KeptAnswer } from "#lib/http/index.ts";

const answer = (bytes: number, at = 0): KeptAnswer => ({ headers: {}, body: Buffer.alloc(bytes), at, feed: "1" });

describe("the cache of answers", () => {
  test("holds no more than its bytes; what was not used for longest leaves first", () => {
    const cache = new AnswerCache(12_000);
    cache.set("/a", answer(3_000));
    cache.set("/b", answer(3_000));
    cache.get("/a");
    cache.set("/c", answer(3_000));
    expect(["/a", "/b", "/c"].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
  });

  test("a newer answer takes the older one's place and its bytes", () => {
    const cache = new AnswerCache(12_000);
    for (let at = 0; at < 100; at++) cache.set("/a", answer(4_000, at));
    cache.set("/b", answer(4_000));
    expect([cache.get("/a")?.at, cache.get("/b") === undefined]).toEqual([99, false]);
  });

  test("an answer larger than everything is not held, and nothing is left of it", () => {
    const cache = new AnswerCache(12_000);
    cache.set("/huge", answer(20_000));
    cache.set("/a", answer(4_000));
    expect([cache.get("/huge"), cache.get("/a") === undefined]).toEqual([undefined, false]);
  });
});
