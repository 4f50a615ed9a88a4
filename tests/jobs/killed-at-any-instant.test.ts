import { expect, test } from "vitest";
import { killDrill } from "#tests/drills/kill/kill-drill.ts";

test("web, worker and database killed at some instants: what was acknowledged is there, once and unaltered", { timeout: 300_000 }, async () => {
  const { broken } = await killDrill.run({ options: { ...killDrill.options, instants: "4", presses: "3", victims: "web,worker,postgres" }, say: () => undefined, signal: new AbortController().signal });
  expect(broken).toEqual([]);
});
