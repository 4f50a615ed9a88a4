import { setTimeout as delay } from "node:timers/promises";
import type { Deps } from "#lib/runtime/index.ts";

const REST_MS = 240_000;
const MOVING = ["submitted", "checking", "triage", "fast_lane", "approved"];

/** Waits until nothing is under way any more; then every acknowledged submission is there, and none is half done. */
export async function faultsOfRest(deps: Deps, acknowledged: string[]): Promise<string[]> {
  const end = Date.now() + REST_MS;
  while (Date.now() < end && (await deps.db.submission.count({ where: { state: { in: MOVING } } })) > 0) await delay(500);
  const rows = await deps.db.submission.findMany({ select: { id: true, state: true, listingSlug: true, version: true, published: { select: { id: true } } } });
  const known = new Set(rows.map(({ id }) => id));
  return [
    ...acknowledged.filter((id) => !known.has(id)).map((id) => `submission ${id} was acknowledged and is not there`),
    ...rows.filter(({ state }) => MOVING.includes(state)).map(({ listingSlug, version, state }) => `${listingSlug} ${version} is still ${state}`),
    ...rows.filter(({ state, published }) => (state === "published") !== (published !== null)).map(({ listingSlug, version, state, published }) => `${listingSlug} ${version} is ${state} ${published === null ? "without" : "with"} a version`),
  ];
}
