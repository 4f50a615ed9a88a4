import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { readListing } from "#lib/catalog/index.ts";
import { newId } from "#lib/platform/index.ts";
import { setPolicy } from "#lib/review/index.ts";
import { decideClaim, fileClaim, listClaims, objectToClaim, offerTransfer } from "#lib/teams/index.ts";
import { sequenceLeaves, verifyRecord } from "#lib/transparency/index.ts";
import { addMember, makePerson, makePublisher, makeSessionCookie, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { publishService } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const DAY = 86_400_000;
let deps: TestDeps;
let administrator: Principal;
beforeAll(async () => {
  deps = await openTestDeps();
  administrator = await makePerson(deps, ["administrator"]);
});
afterAll(() => deps.close());

const fresh = (principal: Principal): Principal => ({ ...principal, authenticatedAt: deps.now() });
const page = (queue: "mine" | "held" | "open") => ({ queue, limit: 50 });
const NONE = { items: [], nextCursor: null };
const decide = (id: string, grant: boolean, principal = administrator) => decideClaim(deps, { principal: fresh(principal), id, grant, reason: grant ? "The domain is the vendor's." : "Not shown." });

/** A domain that the publisher proved a moment ago, as the check writes it. */
async function prove(slug: string, domain: string): Promise<void> {
  const { id: publisherId } = await deps.db.publisher.findUniqueOrThrow({ where: { slug } });
  await deps.db.nameProof.create({ data: { id: newId(), publisherId, domain, method: "dns", token: "0".repeat(32), provenAt: deps.now(), checkedAt: deps.now() } });
}

interface Vendor {
  holder: Principal;
  vendor: Principal;
  holderSlug: string;
  vendorSlug: string;
  listing: string;
}

/** A listing that the community keeps for a vendor, whose service answers at tides.example.org. */
async function community(domain: string | null = "example.org"): Promise<Vendor> {
  const [holder, vendor] = [await makePerson(deps), await makePerson(deps)];
  const [holderSlug, vendorSlug] = [await makePublisher(deps, holder), await makePublisher(deps, vendor)];
  const listing = uniqueName("claimed");
  await publishService(deps, { principal: holder, publisher: holderSlug }, listing);
  await deps.db.listing.update({ where: { slug: listing }, data: { communityMaintained: true } });
  if (domain !== null) await prove(vendorSlug, domain);
  return { holder, vendor, holderSlug, vendorSlug, listing };
}
const claimListing = ({ vendor, vendorSlug, listing }: Vendor) => fileClaim(deps, { principal: vendor, kind: "listing", subject: listing, publisher: vendorSlug, evidence: "It is our service." });
const holderOf = async (listing: string) => (await readListing(deps, listing))?.publisher.slug;

describe("a vendor's claim of a community-maintained listing", () => {
  test("is told to whoever holds it, and granted moves the listing with all that follows", async () => {
    const all = await community();
    await offerTransfer(deps, { principal: fresh(all.holder), listing: all.listing, to: await makePublisher(deps, all.holder), reason: "Elsewhere." });
    const { id } = await claimListing(all);
    expect(await deps.db.mail.count({ where: { to: administrator.email, event: "team.claim-waiting", subject: { contains: all.listing } } }), "whoever decides").toBe(1);
    expect(await deps.db.mail.count({ where: { to: { in: [all.holder.email, all.vendor.email] }, event: "team.claim-waiting" } }), "and nobody else").toBe(0);
    expect(await deps.db.mail.findFirstOrThrow({ where: { to: all.holder.email, event: "team.claim-filed" } })).toMatchObject({ text: expect.stringContaining("example.org") });
    expect(await listClaims(deps, all.holder, page("held"))).toMatchObject({ items: [{ id, subject: all.listing, publisher: all.vendorSlug, evidence: expect.stringContaining("the listing names tides.example.org") }] });
    await decide(id, true);
    expect(await readListing(deps, all.listing)).toMatchObject({ publisher: { slug: all.vendorSlug }, communityMaintained: false, trust: { effective: "unverified" } });
    expect(await deps.db.listingTransfer.findFirst({ where: { listing: { slug: all.listing }, acceptedAt: { not: null } } })).toMatchObject({ cause: "claim" });
    expect(await deps.db.mail.count({ where: { to: all.vendor.email, event: "team.claim-decided" } })).toBe(1);
    const leaf = await deps.db.logLeaf.findFirstOrThrow({ where: { listing: all.listing, type: "listing-transferred" } });
    expect(JSON.parse(Buffer.from(leaf.body).toString())).toMatchObject({ from: all.holderSlug, to: all.vendorSlug, cause: "claim" });
    await sequenceLeaves(deps);
    expect(await verifyRecord(deps)).toMatchObject({ ok: true, faults: [] });
  });

  test.each(["tides.example.org", "example.org"])("stands on %s, which is or is above a host that the listing names", async (domain) => {
    expect((await claimListing(await community(domain))).id).toBeTruthy();
  });

  test.each([null, "evil-example.org", "x.tides.example.org", "example.org.attacker.example.com", "ample.org", "example.net"])("does not stand on %s", async (domain) => {
    const all = await community(domain);
    const before = await countTraces(deps);
    await expect(claimListing(all)).rejects.toMatchObject({ code: "invalid-input", errors: [expect.objectContaining({ pointer: "/publisher" })] });
    expect(await countTraces(deps)).toEqual(before);
  });

  test("needs a listing of the community, a publisher of one's own, and an owner", async () => {
    const all = await community();
    await expect(fileClaim(deps, { principal: all.holder, kind: "listing", subject: all.listing, publisher: all.vendorSlug, evidence: "x" })).rejects.toMatchObject({ code: "forbidden" });
    const maintainer = await makePerson(deps);
    await addMember(deps, all.vendor, all.vendorSlug, maintainer, "maintainer");
    await expect(claimListing({ ...all, vendor: maintainer })).rejects.toMatchObject({ code: "forbidden" });
    await expect(claimListing({ ...all, listing: "no-such-listing" })).rejects.toMatchObject({ code: "not-found" });
    await deps.db.listing.update({ where: { slug: all.listing }, data: { communityMaintained: false } });
    await expect(claimListing(all)).rejects.toMatchObject({ code: "invalid-input", errors: [expect.objectContaining({ pointer: "/subject" })] });
  });

  test("is not granted once the domain is lost or the listing has moved, and the decision is not made then", async () => {
    const [one, two] = [await community(), await community()];
    const [first, second] = [await claimListing(one), await claimListing(two)];
    await deps.db.nameProof.updateMany({ where: { publisher: { slug: one.vendorSlug } }, data: { lostAt: deps.now() } });
    await expect(decide(first.id, true)).rejects.toMatchObject({ code: "move-not-allowed" });
    await deps.db.listing.update({ where: { slug: two.listing }, data: { communityMaintained: false } });
    await expect(decide(second.id, true)).rejects.toMatchObject({ code: "move-not-allowed" });
    expect(await deps.db.nameClaim.count({ where: { id: { in: [first.id, second.id] }, decidedAt: null } })).toBe(2);
    expect(await holderOf(one.listing)).toBe(one.holderSlug);
    await decide(first.id, false);
    expect(await holderOf(one.listing)).toBe(one.holderSlug);
  });
});

describe("the decision", () => {
  test("is for council and administrators after a recent proof, once", async () => {
    const all = await community();
    const { id } = await claimListing(all);
    for (const roles of [[], ["reviewer"], ["security"]] as const) await expect(decide(id, true, await makePerson(deps, [...roles]))).rejects.toMatchObject({ code: "forbidden" });
    await expect(decideClaim(deps, { principal: { ...administrator, authenticatedAt: new Date(0) }, id, grant: true, reason: "x" })).rejects.toMatchObject({ code: "step-up-required" });
    const token: Principal = { ...administrator, via: "token", scopes: ["read", "keys"], sessionId: null };
    await expect(decideClaim(deps, { principal: token, id, grant: true, reason: "x" })).rejects.toMatchObject({ code: "forbidden" });
    const council = await makePerson(deps, ["council"]);
    const results = await Promise.allSettled([decide(id, true), decide(id, false), decide(id, true, council), decide(id, false, council)]);
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await deps.db.auditEvent.count({ where: { name: "accounts:claim:decide", subject: `listing:${all.listing}` } })).toBe(1);
  });

  test("is nobody's of the own side where the policy wants independence", async () => {
    const all = await community();
    await deps.db.userRole.create({ data: { userId: all.vendor.userId, role: "council" } });
    const side: Principal = { ...all.vendor, roles: ["council"] };
    await makePerson(deps, ["reviewer"]);
    await setPolicy(deps.db, "team");
    try {
      const { id } = await claimListing(all);
      await expect(decide(id, true, side)).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("own side") });
      await decide(id, true);
    } finally {
      await setPolicy(deps.db, "solo");
    }
  });

  test("is not read by everyone: the queue is the deciders', a claim of others nobody's", async () => {
    const all = await community();
    const { id } = await claimListing(all);
    const stranger = await makePerson(deps);
    await expect(listClaims(deps, stranger, page("open"))).rejects.toMatchObject({ code: "forbidden" });
    expect(await listClaims(deps, stranger, page("mine"))).toEqual(NONE);
    expect(await listClaims(deps, stranger, page("held"))).toEqual(NONE);
    expect((await listClaims(deps, administrator, page("open"))).items.map((claim) => claim.id)).toContain(id);
    await expect(objectToClaim(deps, { principal: stranger, id, reason: "x" })).rejects.toMatchObject({ code: "not-found" });
  });

  test("is found on one page or the next: each queue is walked to its end, none twice", async () => {
    const claimant = await makePerson(deps);
    const rows = Array.from({ length: 5 }, () => ({ id: newId(), kind: "publisher", subject: uniqueName("paged"), userId: claimant.userId, evidence: "x", noticeUntil: deps.now() }));
    await deps.db.nameClaim.createMany({ data: rows });
    const ids = rows.map((row) => row.id).sort();
    const walk = async (queue: "mine" | "open", principal: Principal) => {
      const seen: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const { items, nextCursor } = await listClaims(deps, principal, { queue, cursor, limit: 2 });
        seen.push(...items.map((claim) => claim.id));
        if (nextCursor === null) return seen;
        cursor = nextCursor;
      }
    };
    expect(await walk("mine", claimant)).toEqual(ids.toReversed());
    expect((await walk("open", administrator)).filter((id) => rows.some((row) => row.id === id))).toEqual(ids);
    await expect(listClaims(deps, claimant, { queue: "mine", cursor: "' OR 1", limit: 2 })).rejects.toMatchObject({ code: "bad-request" });
    await deps.db.nameClaim.deleteMany({ where: { userId: claimant.userId } });
  });

  test("comes before a second claim of the same name", async () => {
    const all = await community();
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => claimListing(all)));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    await expect(claimListing(all)).rejects.toMatchObject({ code: "move-not-allowed" });
  });
});

describe("a dormant publisher", () => {
  const claim = (subject: string, principal: Principal) => fileClaim(deps, { principal, kind: "publisher", subject, publisher: null, evidence: "We wrote it together; she left." });

  test("is one of which no owner signed in for a year; its owners have thirty days, and then the claimant joins them", async () => {
    const owner = await makePerson(deps);
    const slug = await makePublisher(deps, owner);
    await makeSessionCookie(deps, owner);
    const claimant = await makePerson(deps);
    await expect(claim(slug, claimant)).rejects.toMatchObject({ code: "invalid-input", errors: [expect.objectContaining({ detail: expect.stringContaining("not dormant") })] });
    deps.advance(364 * DAY);
    await expect(claim(slug, claimant)).rejects.toMatchObject({ code: "invalid-input" });
    deps.advance(2 * DAY);
    const { id } = await claim(slug, claimant);
    expect(await deps.db.mail.count({ where: { to: owner.email, event: "team.claim-filed" } })).toBe(1);
    await expect(decide(id, true)).rejects.toMatchObject({ code: "move-not-allowed", message: expect.stringContaining("object until") });
    deps.advance(30 * DAY);
    await decide(id, true);
    const owners = await deps.db.membership.findMany({ where: { publisher: { slug }, role: "owner" } });
    expect(owners.map((row) => row.userId).sort()).toEqual([owner.userId, claimant.userId].sort());
    expect(await deps.db.logLeaf.count({ where: { type: "publisher-handed-over" } })).toBe(1);
  });

  test.each([
    ["objects", (owner: Principal, id: string) => objectToClaim(deps, { principal: fresh(owner), id, reason: "I am here." })],
    // The database's clock writes when that was, far behind the test's: what counts is the session.
    ["signs in", (owner: Principal) => makeSessionCookie(deps, owner).then(() => undefined)],
  ])("whose owner %s during the notice is not given away", async (_, act) => {
    const owner = await makePerson(deps);
    const slug = await makePublisher(deps, owner);
    deps.advance(366 * DAY);
    const { id } = await claim(slug, await makePerson(deps));
    await act(owner, id);
    deps.advance(31 * DAY);
    await expect(decide(id, true)).rejects.toMatchObject({ code: "move-not-allowed" });
    await decide(id, false);
    expect(await deps.db.membership.count({ where: { publisher: { slug } } })).toBe(1);
    await expect(objectToClaim(deps, { principal: fresh(owner), id, reason: "Late." })).rejects.toMatchObject({ code: "move-not-allowed" });
  });

  test("is not one whose only owner is suspended, until a year went by; the owner is told", async () => {
    const owner = await makePerson(deps);
    const slug = await makePublisher(deps, owner);
    await makeSessionCookie(deps, owner);
    await deps.db.user.update({ where: { id: owner.userId }, data: { suspendedAt: deps.now() } });
    const claimant = await makePerson(deps);
    await expect(claim(slug, claimant)).rejects.toMatchObject({ code: "invalid-input", errors: [expect.objectContaining({ detail: expect.stringContaining("not dormant") })] });
    deps.advance(366 * DAY);
    await claim(slug, claimant);
    expect(await deps.db.mail.count({ where: { to: owner.email, event: "team.claim-filed" } })).toBe(1);
  });

  test("is also one whose every owner is gone, and not one that is suspended itself or came with the registry", async () => {
    const owner = await makePerson(deps);
    const [slug, suspended, shipped] = [await makePublisher(deps, owner), await makePublisher(deps, owner), await makePublisher(deps, owner)];
    await deps.db.user.update({ where: { id: owner.userId }, data: { suspendedAt: deps.now(), deletedAt: deps.now() } });
    await deps.db.publisher.update({ where: { slug: suspended }, data: { suspendedAt: deps.now() } });
    await deps.db.publisher.update({ where: { slug: shipped }, data: { bootstrap: true } });
    const claimant = await makePerson(deps);
    await claim(slug, claimant);
    for (const other of [suspended, shipped]) await expect(claim(other, claimant)).rejects.toMatchObject({ code: "invalid-input" });
  });
});
