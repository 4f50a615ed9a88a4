import { expect, test } from "vitest";
import type { Drill } from "#tests/drills/drill.ts";
import { outageDrill } from "#tests/drills/outage/outage-drill.ts";
import { soakDrill } from "#tests/drills/soak/soak-drill.ts";

/** The short forms: they prove that the drills run and that their promises hold for seconds; `npm run drill` holds them to it for longer. */
async function run(drill: Drill, options: Record<string, string>): Promise<string[]> {
  const { tables, broken } = await drill.run({ options: { ...drill.options, ...options }, say: () => undefined, signal: new AbortController().signal });
  expect(tables[0]?.rows.length).toBeGreaterThan(0);
  return broken;
}

test("database and store go away for seconds: polls and hot downloads do not notice, writes are told at once", { timeout: 400_000 }, async () => {
  expect(await run(outageDrill, { variant: "stop", seconds: "8", both: "4", warm: "5", polls: "50", downloads: "10" })).toEqual([]);
});

test("steady load for seconds: nothing fails", { timeout: 300_000 }, async () => {
  expect(await run(soakDrill, { minutes: "0.2", every: "2", publish: "2", listings: "4" })).toEqual([]);
});
