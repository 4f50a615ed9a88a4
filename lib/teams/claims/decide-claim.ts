import { activePolicy, requireRole, requireScope, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import type { InstanceRole } from "#lib/accounts/schema.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { catalogChangedJob } from "#lib/catalog/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { claimDecidedMail, queueMail } from "#lib/mail/index.ts";
import { isId, newId, type Prisma, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { claimMissing, notAllowedNow } from "../errors.ts";
import { handOverListing } from "../transfers/hand-over-listing.ts";
import { whyDormant } from "./dormant.ts";
import { matchDomain } from "./match-domain.ts";

/** Who decides on names. */
export const CLAIM_DECIDERS = ["council", "administrator"] as const satisfies readonly InstanceRole[];

export interface DecideClaimInput {
  principal: Principal;
  id: string;
  grant: boolean;
  reason: string;
}

type ClaimRow = Prisma.NameClaimGetPayload<{ include: { user: true } }>;

/**
 * Grants or refuses a claim, once, after a step-up. Whatever made it a good claim is looked at again: a domain that was
 * lost, an owner who came back or objected, or a listing that changed hands meanwhile stops the grant. Under a policy
 * that wants independence nobody decides on a claim of their own side.
 */
export async function decideClaim(deps: Deps, input: DecideClaimInput): Promise<void> {
  requireScope(input.principal, "review:decide");
  requireRole(input.principal, CLAIM_DECIDERS);
  await requireStepUp(deps, input.principal);
  await deps.db.$transaction(async (tx) => {
    const claim = await lockClaim(tx, input.id);
    await requireIndependence(tx, input.principal, claim);
    await tx.nameClaim.update({ where: { id: claim.id }, data: { decidedAt: deps.now(), decidedById: input.principal.userId, granted: input.grant, reason: input.reason } });
    await recordEvent(tx, { name: "accounts:claim:decide", subject: `${claim.kind}:${claim.subject}`, actorId: input.principal.userId, data: { claim: claim.id, granted: input.grant } });
    if (input.grant && claim.kind === "listing") await grantListing(tx, deps, claim, input);
    if (input.grant && claim.kind === "publisher") await grantPublisher(tx, deps, claim, input);
    if (claim.user !== null && claim.user.deletedAt === null) await queueMail(tx, deps, { to: claim.user.email, ...claimDecidedMail({ name: { kind: claim.kind === "listing" ? "listing" : "publisher", subject: claim.subject }, granted: input.grant, reason: input.reason, url: `${deps.config.publicUrl}/claims` }) });
  });
}

async function lockClaim(tx: Tx, id: string): Promise<ClaimRow> {
  if (!isId(id)) throw claimMissing(id);
  await tx.$queryRaw`SELECT 1 FROM "NameClaim" WHERE "id" = ${id}::uuid FOR UPDATE`;
  const claim = await tx.nameClaim.findUnique({ where: { id }, include: { user: true } });
  if (claim === null) throw claimMissing(id);
  if (claim.decidedAt !== null) throw notAllowedNow("The claim is decided already.");
  return claim;
}

async function requireIndependence(tx: Tx, principal: Principal, claim: ClaimRow): Promise<void> {
  const policy = await activePolicy(tx);
  if (policy.independence === "none") return;
  const sides: Prisma.PublisherWhereInput[] = [claim.kind === "publisher" ? { slug: claim.subject } : { listings: { some: { slug: claim.subject } } }, ...(claim.publisherId === null ? [] : [{ id: claim.publisherId }])];
  const member = await tx.membership.count({ where: { userId: principal.userId, publisher: { OR: sides, bootstrap: false } } });
  if (claim.userId === principal.userId || member > 0) throw new RegistryError("forbidden", `Under the policy \`${policy.name}\` nobody decides on a claim of their own side.`);
}

async function grantListing(tx: Tx, deps: Deps, claim: ClaimRow, { principal, reason }: DecideClaimInput): Promise<void> {
  const listing = await tx.listing.findUniqueOrThrow({ where: { slug: claim.subject }, include: { publisher: true } });
  const to = claim.publisherId === null ? null : await tx.publisher.findUnique({ where: { id: claim.publisherId } });
  if (to === null || to.suspendedAt !== null) throw notAllowedNow("The publisher that claims the listing cannot take it any more.");
  if (!listing.communityMaintained || listing.publisherId === to.id) throw notAllowedNow("The listing changed hands meanwhile.");
  if ((await matchDomain(tx, to.id, listing)).match === null) throw notAllowedNow(`\`${to.slug}\` no longer holds a domain of this listing.`);
  const now = deps.now();
  await tx.listingTransfer.updateMany({ where: { listingId: listing.id, acceptedAt: null, declinedAt: null, withdrawnAt: null }, data: { withdrawnAt: now } });
  const transfer = await tx.listingTransfer.create({ data: { id: newId(), listingId: listing.id, fromPublisherId: listing.publisherId, toPublisherId: to.id, cause: "claim", reason, offeredById: claim.userId, answeredById: principal.userId, createdAt: now, expiresAt: now, acceptedAt: now } });
  await handOverListing(tx, deps, { listing, from: listing.publisher, to, cause: "claim", transferId: transfer.id, actorId: principal.userId });
}

/** The claimant becomes an owner; whoever owned it before stays. As after a transfer, trust begins anew. */
async function grantPublisher(tx: Tx, deps: Deps, claim: ClaimRow, { principal, reason }: DecideClaimInput): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Publisher" WHERE "slug" = ${claim.subject} FOR NO KEY UPDATE`;
  const publisher = await tx.publisher.findUniqueOrThrow({ where: { slug: claim.subject } });
  const now = deps.now();
  if (claim.user === null || claim.user.deletedAt !== null || claim.user.suspendedAt !== null) throw notAllowedNow("Whoever filed the claim has no account any more.");
  if (claim.objectedAt !== null) throw notAllowedNow("An owner objected: the publisher is not dormant.");
  if (claim.noticeUntil > now) throw notAllowedNow(`Its owners may object until ${claim.noticeUntil.toISOString().slice(0, 10)}.`);
  if (publisher.suspendedAt !== null) throw notAllowedNow("The publisher is suspended.");
  if ((await whyDormant(tx, publisher, now)) === null) throw notAllowedNow("The publisher is not dormant any more: an owner signed in or something was published.");
  const key = { publisherId: publisher.id, userId: claim.user.id };
  await tx.membership.upsert({ where: { publisherId_userId: key }, create: { ...key, role: "owner" }, update: { role: "owner" } });
  await tx.listing.updateMany({ where: { publisherId: publisher.id }, data: { effectiveTrust: "unverified" } });
  const event = await recordEvent(tx, { name: "accounts:publisher:hand-over", subject: `publisher:${publisher.slug}`, actorId: principal.userId, data: { claim: claim.id, user: claim.user.id, reason } });
  await recordLeaf(tx, `event:${event}`, principal.userId);
  await deps.queue.enqueue(tx, catalogChangedJob, {});
}
