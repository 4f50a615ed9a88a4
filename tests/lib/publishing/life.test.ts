import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { readDependencies, readListing, readVersion, readVersions, requireServed, searchListings } from "#lib/catalog/index.ts";
import { ListingQuery } from "#lib/catalog/schema.ts";
import { buildSnapshot } from "#lib/feed/index.ts";
import { resolveDownload } from "#lib/feed/resolve-download.ts";
import { requireFreeNames } from "#lib/publishing/check-names.ts";
import { changeListing, deleteVersion, deprecateVersion, LISTING_VERBS, undeprecateVersion, unyankVersion, yankVersion } from "#lib/publishing/index.ts";
import { makePerson, makePublisher } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { seedPlugin, seedSubmission } from "#tests/support/seed-plugin.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

let deps: TestDeps;
let owner: Principal;
let maintainer: Principal;
let stranger: Principal;
let publisher: string;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

beforeAll(async () => {
  deps = await openTestDeps();
  [owner, maintainer, stranger] = [await makePerson(deps), await makePerson(deps), await makePerson(deps)];
  publisher = await makePublisher(deps, owner);
  const { id } = await deps.db.publisher.findUniqueOrThrow({ where: { slug: publisher } });
  await deps.db.membership.create({ data: { publisherId: id, userId: maintainer.userId, role: "maintainer" } });
});
afterAll(() => deps.close());

const plugin = (input: { id?: string; version?: string; manifest?: string[] } = {}) => seedPlugin(deps, { publisher, ...input });
const change = (verb: keyof typeof LISTING_VERBS, id: string, more: { principal?: Principal; successor?: string; until?: string } = {}) => changeListing(deps, { principal: owner, id, verb, reason: "The harbour moved.", ...more });
const flag = (id: string, version = "1.0.0") => ({ principal: owner, id, version, reason: "The harbour moved." });
const state = async (id: string) => (await readListing(deps, id))?.state;
const isFound = async (id: string) => (await searchListings(deps, ListingQuery.parse({ q: id }))).items.some((item) => item.id === id);
const download = async (id: string, version: string | null = null) => {
  const found = await resolveDownload(deps, id, version);
  return "code" in found ? found.code : found.version;
};
async function inFeed(id: string): Promise<boolean> {
  const { seq } = await buildSnapshot(deps);
  const bytes = await deps.store.getBytes(`feed/${seq}.json`, 10_000_000);
  return Object.hasOwn(JSON.parse(Buffer.from(bytes ?? []).toString("utf8")) as object, id);
}
async function refused(work: () => Promise<unknown>, expected: object): Promise<void> {
  const before = await countTraces(deps);
  await expect(work()).rejects.toMatchObject(expected);
  expect(await countTraces(deps)).toEqual(before);
}

describe("who may", () => {
  test("a stranger nothing, a maintainer everything but deleting the listing; a token for other listings nothing", async () => {
    const id = await plugin();
    for (const verb of Object.keys(LISTING_VERBS) as (keyof typeof LISTING_VERBS)[]) {
      await refused(() => change(verb, id, { principal: stranger }), { code: "forbidden" });
      await refused(() => change(verb, id, { principal: { ...owner, via: "token", scopes: ["yank"], listings: ["another"] } as Principal }), { code: "forbidden" });
      await refused(() => change(verb, id, { principal: { ...owner, via: "token", scopes: ["publish"] } as Principal }), { code: "forbidden" });
    }
    await refused(() => change("delete", id, { principal: maintainer }), { code: "forbidden" });
    expect(await change("hide", id, { principal: maintainer })).toEqual({ id, state: "hidden", dependents: 0 });
    for (const act of [deleteVersion, undeprecateVersion]) await refused(() => act(deps, { ...flag(id), principal: stranger }), { code: "forbidden" });
    await refused(() => change("hide", "no-such-listing"), { code: "not-found" });
  });

  test("nobody lifts what a moderator did, or acts beside it", async () => {
    for (const moderation of ["quarantined", "removed"]) {
      const id = await plugin();
      await change("hide", id);
      await deps.db.listing.update({ where: { slug: id }, data: { moderation, moderationReason: "malware" } });
      for (const verb of Object.keys(LISTING_VERBS) as (keyof typeof LISTING_VERBS)[]) await refused(() => change(verb, id), { code: "move-not-allowed" });
      for (const act of [yankVersion, unyankVersion, deleteVersion, undeprecateVersion]) await refused(() => act(deps, flag(id)), { code: "move-not-allowed" });
      await refused(() => deprecateVersion(deps, { ...flag(id), successor: null }), { code: "move-not-allowed" });
      expect([await state(id), await inFeed(id)]).toEqual([moderation, false]);
    }
  });
});

describe("hiding", () => {
  test("takes a listing out of lists and leaves it in the feed, until it is shown", async () => {
    const id = await plugin();
    expect([await state(id), await isFound(id), await inFeed(id)]).toEqual(["visible", true, true]);
    await change("hide", id);
    expect([await state(id), await isFound(id), await inFeed(id), await download(id)]).toEqual(["hidden", false, true, "1.0.0"]);
    await refused(() => change("hide", id), { code: "move-not-allowed" });
    await change("show", id);
    expect([await state(id), await isFound(id)]).toEqual(["visible", true]);
    await refused(() => change("show", id), { code: "move-not-allowed" });
    const leaves = await deps.db.logLeaf.findMany({ where: { listing: id, type: "listing-changed" }, orderBy: { ordinal: "asc" } });
    expect(leaves.map((leaf) => (JSON.parse(Buffer.from(leaf.body).toString("utf8")) as { change: string }).change)).toEqual(["hidden", "shown"]);
  });
});

describe("deprecating", () => {
  test("asks for a successor that stands: it exists, is installable, is not deprecated, and does not lead back", async () => {
    const [a, b, c] = [await plugin(), await plugin(), await plugin()];
    const wrong = { code: "invalid-input", errors: [expect.objectContaining({ pointer: "/successor" })] };
    await refused(() => change("deprecate", a, { successor: "nobody-made-this" }), wrong);
    await refused(() => change("deprecate", a, { successor: a }), wrong);
    await change("deprecate", b, { successor: a });
    await refused(() => change("deprecate", a, { successor: b }), wrong);
    await change("deprecate", a, { successor: c });
    const third = await plugin();
    await refused(() => change("deprecate", third, { successor: b }), { code: "invalid-input", message: expect.stringContaining(`\`${c}\``) });
    await deps.db.listing.update({ where: { slug: c }, data: { moderation: "quarantined", moderationReason: "malware" } });
    await refused(() => change("deprecate", third, { successor: c }), wrong);
    expect([await state(a), await inFeed(a), await download(a)]).toEqual(["deprecated", true, "1.0.0"]);
  });

  test("gives 90 days' notice or more, never shortens one, and can be taken back", async () => {
    const id = await plugin();
    const inDays = (days: number) => new Date(deps.now().getTime() + days * DAY).toISOString();
    await refused(() => change("deprecate", id, { until: inDays(80) }), { code: "invalid-input", errors: [expect.objectContaining({ pointer: "/until" })] });
    await change("deprecate", id, { until: inDays(200) });
    await refused(() => change("deprecate", id, { until: inDays(100) }), { code: "invalid-input" });
    const far = (await readListing(deps, id))?.deprecated?.until ?? "";
    await change("deprecate", id);
    expect((await readListing(deps, id))?.deprecated).toMatchObject({ reason: "The harbour moved.", successor: null, until: far });
    await change("undeprecate", id);
    expect([await state(id), (await readListing(deps, id))?.deprecated]).toEqual(["visible", null]);
    await refused(() => change("undeprecate", id), { code: "move-not-allowed" });
  });

  test("of one version names another that stands, and is taken back", async () => {
    const id = await plugin();
    await plugin({ id, version: "1.1.0" });
    await refused(() => deprecateVersion(deps, { ...flag(id), successor: "9.9.9" }), { code: "invalid-input" });
    await refused(() => deprecateVersion(deps, { ...flag(id), successor: "1.0.0" }), { code: "invalid-input" });
    await yankVersion(deps, flag(id, "1.1.0"));
    await refused(() => deprecateVersion(deps, { ...flag(id), successor: "1.1.0" }), { code: "invalid-input" });
    await unyankVersion(deps, flag(id, "1.1.0"));
    await deprecateVersion(deps, { ...flag(id), successor: "1.1.0" });
    const shown = (await readVersions(deps, id))?.find((version) => version.version === "1.0.0")?.deprecated;
    expect(shown).toMatchObject({ successor: "1.1.0" });
    expect(new Date(shown?.until ?? 0).getTime() - deps.now().getTime()).toBeGreaterThan(89 * DAY);
    await undeprecateVersion(deps, flag(id));
    await refused(() => undeprecateVersion(deps, flag(id)), { code: "move-not-allowed" });
  });
});

describe("deleting", () => {
  test("a version leaves a tombstone: told of, given out no more, its number never used again", async () => {
    const id = await plugin();
    await plugin({ id, version: "1.1.0" });
    await deleteVersion(deps, flag(id, "1.1.0"));
    expect(await download(id)).toBe("1.0.0");
    expect(await download(id, "1.1.0")).toBe("gone");
    await expect(readVersion(deps, id, "1.1.0")).rejects.toMatchObject({ code: "gone", message: expect.stringContaining("The harbour moved."), members: { version: "1.1.0", checksum: expect.stringMatching(/^sha256:/) } });
    expect((await readVersions(deps, id))?.[0]).toMatchObject({ version: "1.1.0", deleted: { reason: "The harbour moved." } });
    for (const act of [unyankVersion, yankVersion, deleteVersion]) await refused(() => act(deps, flag(id, "1.1.0")), { code: "move-not-allowed" });
    const { publisherId } = await deps.db.listing.findUniqueOrThrow({ where: { slug: id } });
    const again = (version: string) => deps.db.$transaction((tx) => requireFreeNames(tx, { id, kind: "plugin", version, channel: "stable", publisherId }));
    await expect(again("1.1.0")).rejects.toMatchObject({ code: "version-exists" });
    await expect(deps.db.$executeRaw`UPDATE "Version" SET "deletedAt" = NULL WHERE "version" = '1.1.0' AND "deletedAt" IS NOT NULL`).rejects.toThrow(/stays deleted/);
  });

  test("is refused for what another needs, and for what is older than 72 hours", async () => {
    const id = await plugin();
    await plugin({ id, version: "2.0.0" });
    const needing = await plugin({ manifest: ["dependencies:", `  - ${id}: ^1.0.0`] });
    await refused(() => deleteVersion(deps, flag(id)), { code: "move-not-allowed", members: { dependents: 1 } });
    await refused(() => change("delete", id), { code: "move-not-allowed", members: { dependents: 1 } });
    await deleteVersion(deps, flag(id, "2.0.0"));
    expect((await readDependencies(deps, needing))?.graph?.outcome).toBe("resolved");
    deps.advance(73 * HOUR);
    try {
      const old = needing;
      await refused(() => deleteVersion(deps, flag(old)), { code: "move-not-allowed", message: expect.stringContaining("72 hours") });
      await refused(() => change("delete", old, { principal: { ...owner, via: "token", scopes: ["yank"] } as Principal }), { code: "move-not-allowed", message: expect.stringContaining("72 hours") });
      await refused(() => change("delete", old), { code: "step-up-required" });
    } finally {
      deps.advance(-73 * HOUR);
    }
  });

  test("a listing is gone from every answer, keeps its id, and stays deleted whatever a moderator lifts", async () => {
    const id = await plugin();
    await seedSubmission(deps, { publisher, id, version: "1.1.0" });
    await refused(() => change("delete", id), { code: "move-not-allowed", message: expect.stringContaining("open") });
    await deps.db.submission.updateMany({ where: { listingSlug: id, state: "checking" }, data: { state: "withdrawn", stateVersion: 1 } });
    expect(await change("delete", id)).toEqual({ id, state: "removed", dependents: 0 });
    expect([await state(id), await isFound(id), await inFeed(id), await download(id), await download(id, "1.0.0")]).toEqual(["removed", false, false, "gone", "gone"]);
    await expect(requireServed(deps, id)).rejects.toMatchObject({ code: "gone", message: expect.stringContaining("Deleted by its publisher") });
    const { publisherId } = await deps.db.listing.findUniqueOrThrow({ where: { slug: id } });
    await expect(deps.db.$transaction((tx) => requireFreeNames(tx, { id, kind: "plugin", version: "9.0.0", channel: "stable", publisherId }))).rejects.toMatchObject({ code: "id-taken" });
    await expect(deps.db.listing.update({ where: { slug: id }, data: { moderation: "none" } })).rejects.toThrow(/Listing_deleted_is_removed/);
  });
});

test("every verb says in words what must hold", () => {
  for (const verb of Object.values(LISTING_VERBS)) expect(verb.holds).toMatch(/\S+ \S+/);
});
