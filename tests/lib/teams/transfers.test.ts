import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Principal } from "#lib/accounts/index.ts";
import { readListing, readPublisher } from "#lib/catalog/index.ts";
import { newId } from "#lib/platform/index.ts";
import { publishVersion, runChecks, yankVersion } from "#lib/publishing/index.ts";
import { decideSubmission } from "#lib/review/index.ts";
import { moveSubmission } from "#lib/submissions/index.ts";
import { acceptTransfer, declineTransfer, listTransfers, offerTransfer, transfersFor, withdrawTransfer } from "#lib/teams/index.ts";
import { sequenceLeaves, verifyRecord } from "#lib/transparency/index.ts";
import { addMember, makePerson, makePublisher, uniqueName } from "#tests/support/accounts.ts";
import { countTraces } from "#tests/support/count-traces.ts";
import { registerKey } from "#tests/support/signing-keys.ts";
import { serviceManifest } from "#tests/support/packages.ts";
import { approveAndPublish, publishService, submissionInReview, submitBytes } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const DAY = 86_400_000;
let deps: TestDeps;
beforeAll(async () => {
  deps = await openTestDeps();
});
afterAll(() => deps.close());

interface Sides {
  giver: Principal;
  taker: Principal;
  from: string;
  to: string;
  listing: string;
}

/** A published listing, its publisher, and another one. */
async function sides(): Promise<Sides> {
  const [giver, taker] = [await makePerson(deps), await makePerson(deps)];
  const [from, to] = [await makePublisher(deps, giver), await makePublisher(deps, taker)];
  const listing = uniqueName("moved");
  await publishService(deps, { principal: giver, publisher: from }, listing);
  return { giver, taker, from, to, listing };
}

const offer = ({ giver, to, listing }: Sides) => offerTransfer(deps, { principal: giver, listing, to, reason: "They keep it now." });
const holder = async (listing: string) => (await deps.db.listing.findUniqueOrThrow({ where: { slug: listing }, include: { publisher: true } })).publisher.slug;

describe("a listing that both sides agree on", () => {
  test("changes hands with everything that follows, in one step", async () => {
    const all = await sides();
    const { giver, taker, from, to, listing } = all;
    await deps.db.listing.update({ where: { slug: listing }, data: { effectiveTrust: "trusted" } });
    const waiting = await submissionInReview(deps, { principal: giver, publisher: from }, listing, "1.1.0");
    const partner = await makePerson(deps);
    await addMember(deps, giver, from, partner, "owner");
    const { id } = await offer(all);
    expect(await deps.db.mail.findMany({ where: { event: "team.transfer-announced", to: { in: [giver.email, taker.email, partner.email] } }, select: { to: true } }), "the owners who did not offer it").toEqual([{ to: partner.email }]);
    expect(await holder(listing)).toBe(from);
    expect(await transfersFor(deps, taker, { limit: 50 })).toMatchObject({ items: [{ id, state: "open", listing: { id: listing } }], nextCursor: null });
    expect(await deps.db.mail.count({ where: { to: taker.email, event: "team.transfer-offered" } })).toBe(1);

    await acceptTransfer(deps, { principal: taker, id });
    expect(await readListing(deps, listing)).toMatchObject({ publisher: { slug: to }, trust: { effective: "unverified" }, latest: "1.0.0" });
    expect((await readPublisher(deps, from))?.listings).toEqual([]);
    expect(await deps.db.submission.findUniqueOrThrow({ where: { id: waiting.id } })).toMatchObject({ state: "withdrawn" });
    expect((await listTransfers(deps, from, { limit: 50 })).items[0]).toMatchObject({ state: "accepted", cause: "offer" });
    const former = await deps.db.publisher.findUniqueOrThrow({ where: { slug: from } });
    const moved = await deps.db.listing.findUniqueOrThrow({ where: { slug: listing } });
    await deps.db.listingTransfer.create({ data: { id: newId(), listingId: moved.id, fromPublisherId: former.id, toPublisherId: moved.publisherId, cause: "offer", reason: "x", expiresAt: deps.now(), withdrawnAt: deps.now() } });
    const first = await listTransfers(deps, from, { limit: 1 });
    expect((await listTransfers(deps, from, { limit: 1, cursor: first.nextCursor ?? "" })).items.map((row) => row.id), "the next page").toEqual([id]);
    expect(await deps.db.mail.count({ where: { event: "team.transfer-done", to: { in: [giver.email, taker.email] } } })).toBe(2);
    expect(await deps.db.$queryRaw`SELECT 1 FROM pgboss.job WHERE name = 'catalog.changed'`).not.toEqual([]);
    const event = await deps.db.auditEvent.findFirstOrThrow({ where: { name: "catalog:listing:transfer", subject: `listing:${listing}` } });
    expect(event.data).toEqual({ transfer: id, from, to, cause: "offer" });
  });

  test("goes on with the new side: it publishes and yanks, and the former one, with its keys, does not", async () => {
    const all = await sides();
    const { giver, taker, from, to, listing } = all;
    const key = await registerKey(deps, giver, from);
    await acceptTransfer(deps, { principal: taker, id: (await offer(all)).id });
    const bytes = serviceManifest(listing, "2.0.0");
    await expect(submitBytes(deps, { principal: giver, publisher: from, signature: await key.sign(bytes) }, "manifest", bytes)).rejects.toMatchObject({ code: "id-taken" });
    await expect(submitBytes(deps, { principal: taker, publisher: to, signature: await key.sign(bytes) }, "manifest", bytes)).rejects.toMatchObject({ code: "signature-invalid" });
    await expect(yankVersion(deps, { principal: giver, id: listing, version: "1.0.0", reason: "Mine." })).rejects.toMatchObject({ code: "forbidden" });
    const token: Principal = { ...giver, via: "token", scopes: ["yank", "publish"], listings: [listing] };
    await expect(yankVersion(deps, { principal: token, id: listing, version: "1.0.0", reason: "Mine." })).rejects.toMatchObject({ code: "forbidden" });
    const next = await submissionInReview(deps, { principal: taker, publisher: to }, listing, "2.0.0");
    await approveAndPublish(deps, next.id);
    expect(await readListing(deps, listing)).toMatchObject({ latest: "2.0.0", publisher: { slug: to } });
    await yankVersion(deps, { principal: taker, id: listing, version: "2.0.0", reason: "Too early." });
  });

  test("keeps the signer of what was published: his keys, and not the new publisher's, verify it", async () => {
    const all = await sides();
    const { giver, taker, from, to, listing } = all;
    const key = await registerKey(deps, giver, from);
    const bytes = serviceManifest(listing, "1.2.0");
    const signed = await submitBytes(deps, { principal: giver, publisher: from, signature: await key.sign(bytes) }, "manifest", bytes);
    await runChecks(deps, { submissionId: signed.id });
    await approveAndPublish(deps, signed.id);
    await acceptTransfer(deps, { principal: taker, id: (await offer(all)).id });
    const current = (await readListing(deps, listing))?.current;
    expect(current).toMatchObject({ version: "1.2.0", signer: "publisher", fingerprint: key.fingerprint, keysUrl: `${deps.config.publicUrl}/api/v1/publishers/${from}/keys.asc` });
    const author = current?.ladder.find((rung) => rung.rung === "author");
    expect(author).toMatchObject({ state: "proven", statement: expect.stringContaining(from) });
    expect(author?.statement).not.toContain(to);
  });

  test("leaves the record sound, and its first entry names whoever opened it, however often it moves", async () => {
    const all = await sides();
    const { giver, taker, from, to, listing } = all;
    await acceptTransfer(deps, { principal: taker, id: (await offer(all)).id });
    const { id } = await offerTransfer(deps, { principal: taker, listing, to: from, reason: "Back again." });
    await acceptTransfer(deps, { principal: giver, id });
    const third = await makePublisher(deps, giver);
    await acceptTransfer(deps, { principal: giver, id: (await offerTransfer(deps, { principal: giver, listing, to: third, reason: "Both are mine." })).id });
    await sequenceLeaves(deps);
    expect(await verifyRecord(deps)).toMatchObject({ ok: true, faults: [], waiting: 0 });
    const leaves = (await deps.db.logLeaf.findMany({ where: { listing, type: { in: ["listing-created", "listing-transferred"] } }, orderBy: { seq: "asc" } })).map((leaf) => JSON.parse(Buffer.from(leaf.body).toString()) as Record<string, string>);
    expect(leaves.map(({ type, publisher, from: a, to: b, cause }) => [type, publisher ?? `${a} → ${b} (${cause})`])).toEqual([
      ["listing-created", from],
      ["listing-transferred", `${from} → ${to} (offer)`],
      ["listing-transferred", `${to} → ${from} (offer)`],
      ["listing-transferred", `${from} → ${third} (offer)`],
    ]);
  });
});

describe("an offer", () => {
  test("is answered by the owners of the right side alone, and exists for nobody else", async () => {
    const all = await sides();
    const { giver, taker, from, to } = all;
    const { id } = await offer(all);
    const [stranger, maintainer] = [await makePerson(deps), await makePerson(deps)];
    await addMember(deps, taker, to, maintainer, "maintainer");
    const before = await countTraces(deps);
    await expect(acceptTransfer(deps, { principal: giver, id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(declineTransfer(deps, { principal: giver, id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(withdrawTransfer(deps, { principal: taker, id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(acceptTransfer(deps, { principal: maintainer, id })).rejects.toMatchObject({ code: "forbidden" });
    for (const act of [acceptTransfer, declineTransfer, withdrawTransfer]) {
      const told = async (which: string) => (await act(deps, { principal: stranger, id: which }).catch((error: Error) => error.message))?.replace(which, "ID");
      expect(await told(id)).toBe(await told("01900000-0000-7000-8000-000000000000"));
    }
    expect(await countTraces(deps)).toEqual(before);
    expect(await holder(all.listing)).toBe(from);
    await declineTransfer(deps, { principal: taker, id });
    await expect(acceptTransfer(deps, { principal: taker, id })).rejects.toMatchObject({ code: "move-not-allowed" });
  });

  test("takes a recent proof on both sides", async () => {
    const all = await sides();
    const stale = (principal: Principal) => ({ ...principal, authenticatedAt: new Date(deps.now().getTime() - 2 * 3_600_000) });
    await expect(offer({ ...all, giver: stale(all.giver) })).rejects.toMatchObject({ code: "step-up-required" });
    const { id } = await offer(all);
    await expect(acceptTransfer(deps, { principal: stale(all.taker), id })).rejects.toMatchObject({ code: "step-up-required" });
    expect(await holder(all.listing)).toBe(all.from);
  });

  test("accepted and withdrawn at once is one of the two, round after round", async () => {
    let all = await sides();
    for (let round = 0; round < 12; round++) {
      const { id } = await offer(all);
      const [accepted, withdrawn] = await Promise.allSettled([acceptTransfer(deps, { principal: all.taker, id }), withdrawTransfer(deps, { principal: all.giver, id })]);
      expect([accepted.status, withdrawn.status].sort()).toEqual(["fulfilled", "rejected"]);
      expect(await holder(all.listing)).toBe(accepted.status === "fulfilled" ? all.to : all.from);
      if (accepted.status === "fulfilled") all = { ...all, giver: all.taker, taker: all.giver, from: all.to, to: all.from };
    }
  });

  test("accepted by twenty presses moves once", async () => {
    const all = await sides();
    const { id } = await offer(all);
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acceptTransfer(deps, { principal: all.taker, id })));
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await deps.db.auditEvent.count({ where: { name: "catalog:listing:transfer", subject: `listing:${all.listing}` } })).toBe(1);
  });

  test("is one at a time, and gone after 14 days", async () => {
    const all = await sides();
    const { id } = await offer(all);
    await expect(offer(all)).rejects.toMatchObject({ code: "move-not-allowed" });
    deps.advance(14 * DAY + 1000);
    const [giver, taker] = [all.giver, all.taker].map((one) => ({ ...one, authenticatedAt: deps.now() }));
    if (giver === undefined || taker === undefined) throw new Error("two people");
    await expect(acceptTransfer(deps, { principal: taker, id })).rejects.toMatchObject({ code: "move-not-allowed" });
    await acceptTransfer(deps, { principal: taker, id: (await offer({ ...all, giver })).id });
  });

  test.each([
    ["an unknown publisher", async () => "nobody-has-this"],
    ["the publisher itself", async (all: Sides) => all.from],
    ["a suspended publisher", async (all: Sides) => (await deps.db.publisher.update({ where: { slug: all.to }, data: { suspendedAt: deps.now() } })).slug],
  ])("to %s is refused", async (_, pick) => {
    const all = await sides();
    await expect(offer({ ...all, to: await pick(all) })).rejects.toMatchObject({ code: "invalid-input", errors: [expect.objectContaining({ pointer: "/to" })] });
  });

  test.each([
    ["no owner any more", ({ from, giver }: Sides) => deps.db.membership.updateMany({ where: { publisher: { slug: from }, userId: giver.userId }, data: { role: "viewer" } })],
    ["suspended", ({ giver }: Sides) => deps.db.user.update({ where: { id: giver.userId }, data: { suspendedAt: deps.now() } })],
  ])("by someone who is %s moves nothing", async (_, fall) => {
    const all = await sides();
    await addMember(deps, all.giver, all.from, await makePerson(deps), "owner");
    const { id } = await offer(all);
    await fall(all);
    const before = await countTraces(deps);
    await expect(acceptTransfer(deps, { principal: all.taker, id })).rejects.toMatchObject({ code: "move-not-allowed", message: expect.stringContaining("no owner of") });
    expect(await countTraces(deps)).toEqual(before);
    expect(await holder(all.listing)).toBe(all.from);
  });

  test("of a suspended publisher, or of a quarantined listing, goes nowhere", async () => {
    const [one, two] = [await sides(), await sides()];
    const [first, second] = [await offer(one), await offer(two)];
    await deps.db.publisher.update({ where: { slug: one.from }, data: { suspendedAt: deps.now() } });
    await expect(acceptTransfer(deps, { principal: one.taker, id: first.id })).rejects.toMatchObject({ code: "forbidden" });
    await deps.db.listing.update({ where: { slug: two.listing }, data: { moderation: "quarantined" } });
    await expect(acceptTransfer(deps, { principal: two.taker, id: second.id })).rejects.toMatchObject({ code: "move-not-allowed" });
    expect([await holder(one.listing), await holder(two.listing)]).toEqual([one.from, two.from]);
    expect(await deps.db.listingTransfer.count({ where: { id: { in: [first.id, second.id] }, acceptedAt: null } })).toBe(2);
  });
});

describe("while a review goes on", () => {
  test("what is approved is published before the listing moves", async () => {
    const all = await sides();
    const { id: submission, stateVersion } = await submissionInReview(deps, { principal: all.giver, publisher: all.from }, all.listing, "1.1.0");
    const { id } = await offer(all);
    const administrator = await makePerson(deps, ["administrator"]);
    await decideSubmission(deps, { principal: administrator, id: submission, decision: "approve", reason: "Good.", stateVersion });
    await expect(acceptTransfer(deps, { principal: all.taker, id })).rejects.toMatchObject({ code: "move-not-allowed", message: expect.stringContaining("1.1.0") });
    expect(await holder(all.listing)).toBe(all.from);
    await publishVersion(deps, { submissionId: submission });
    await acceptTransfer(deps, { principal: all.taker, id });
    expect(await readListing(deps, all.listing)).toMatchObject({ latest: "1.1.0", publisher: { slug: all.to } });
  });

  test("a decision and an acceptance at once never publish the former side's version into the new side's listing", async () => {
    let all = await sides();
    const administrator = await makePerson(deps, ["administrator"]);
    for (let round = 1; round <= 5; round++) {
      const { id: submission, stateVersion } = await submissionInReview(deps, { principal: all.giver, publisher: all.from }, all.listing, `1.${round}.0`);
      const { id } = await offer(all);
      const outcome = await Promise.allSettled([decideSubmission(deps, { principal: administrator, id: submission, decision: "approve", reason: "Good.", stateVersion }), acceptTransfer(deps, { principal: all.taker, id })]);
      expect(outcome.filter((one) => one.status === "fulfilled")).toHaveLength(1);
      const moved = (await holder(all.listing)) === all.to;
      expect(await deps.db.submission.findUniqueOrThrow({ where: { id: submission } })).toMatchObject({ state: moved ? "withdrawn" : "approved" });
      await publishVersion(deps, { submissionId: submission });
      if (moved) all = { ...all, giver: all.taker, taker: all.giver, from: all.to, to: all.from };
      else await withdrawTransfer(deps, { principal: all.giver, id });
    }
  }, 90_000);

  test("a submission of the former side that comes back later is not approved", async () => {
    const all = await sides();
    const { id: submission, stateVersion } = await submissionInReview(deps, { principal: all.giver, publisher: all.from }, all.listing, "1.1.0");
    const administrator = await makePerson(deps, ["administrator"]);
    await decideSubmission(deps, { principal: administrator, id: submission, decision: "reject", reason: "Not yet.", stateVersion });
    await acceptTransfer(deps, { principal: all.taker, id: (await offer(all)).id });
    const again = await deps.db.$transaction((tx) => moveSubmission(tx, { id: submission, to: "in_review", by: "system", actorId: null, now: deps.now() }));
    await expect(decideSubmission(deps, { principal: administrator, id: submission, decision: "approve", reason: "Good.", stateVersion: again.stateVersion })).rejects.toMatchObject({ code: "move-not-allowed" });
  });

  test("a submission that begins beside the acceptance is refused or withdrawn", async () => {
    for (let round = 0; round < 3; round++) {
      const all = await sides();
      const { id } = await offer(all);
      await Promise.allSettled([acceptTransfer(deps, { principal: all.taker, id }), submitBytes(deps, { principal: all.giver, publisher: all.from }, "manifest", serviceManifest(all.listing, "1.1.0"))]);
      if ((await holder(all.listing)) !== all.to) continue;
      const left = await deps.db.submission.findMany({ where: { listingSlug: all.listing, version: "1.1.0", publisher: { slug: all.from } } });
      for (const row of left) expect(["withdrawn", "expired"]).toContain(row.state);
    }
  });
});
