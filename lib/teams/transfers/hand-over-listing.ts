import { activeOwners } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { catalogChangedJob } from "#lib/catalog/index.ts";
import { queueMail, transferDoneMail } from "#lib/mail/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { moveSubmission, OPEN_STATES } from "#lib/submissions/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { notAllowedNow } from "../errors.ts";

interface Side {
  id: string;
  slug: string;
  name: string;
  bootstrap: boolean;
}

export interface HandOver {
  listing: { id: string; slug: string; skeleton: string };
  from: Side;
  to: Side;
  cause: "offer" | "claim";
  transferId: string;
  actorId: string;
}

/**
 * The change of hands itself, for an accepted offer and a granted claim. Trust is lost with it (governance, "Reputation
 * and trust level"); versions keep their bytes, their signer and whoever submitted them; what the former publisher still
 * had in review is withdrawn. Throws `move-not-allowed` while an approved version is being published.
 */
export async function handOverListing(tx: Tx, deps: Deps, move: HandOver): Promise<void> {
  // What a publish holds too: no submission of the former publisher begins beside this.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${move.listing.skeleton}, 0))`;
  await tx.$queryRaw`SELECT 1 FROM "Listing" WHERE "id" = ${move.listing.id}::uuid FOR UPDATE`;
  const listing = await tx.listing.findUniqueOrThrow({ where: { id: move.listing.id }, select: { publisherId: true, moderation: true } });
  if (listing.publisherId !== move.from.id) throw notAllowedNow(`\`${move.listing.slug}\` does not belong to \`${move.from.slug}\` any more.`);
  if (listing.moderation !== "none") throw notAllowedNow("A listing that is quarantined or removed stays where it is.");
  await withdrawOpen(tx, move, deps.now());
  await tx.listing.update({ where: { id: move.listing.id }, data: { publisherId: move.to.id, effectiveTrust: "unverified", ...(move.cause === "claim" ? { communityMaintained: false } : {}) } });
  const event = await recordEvent(tx, { name: "catalog:listing:transfer", subject: `listing:${move.listing.slug}`, actorId: move.actorId, data: { transfer: move.transferId, from: move.from.slug, to: move.to.slug, cause: move.cause } });
  await recordLeaf(tx, `event:${event}`, move.actorId);
  await deps.queue.enqueue(tx, catalogChangedJob, {});
  await tellBothSides(tx, deps, move);
}

async function withdrawOpen(tx: Tx, { listing, from, actorId }: HandOver, now: Date): Promise<void> {
  const open = await tx.submission.findMany({ where: { listingSlug: listing.slug, publisherId: from.id, state: { in: [...OPEN_STATES] } }, select: { id: true, state: true, version: true } });
  const approved = open.find((row) => row.state === "approved");
  if (approved !== undefined) throw notAllowedNow(`Version ${approved.version} is approved and being published; try again in a moment.`);
  for (const { id, state } of open) {
    if (state === "draft") await moveSubmission(tx, { id, to: "expired", by: "system", actorId: null, now });
    else {
      await moveSubmission(tx, { id, to: "withdrawn", by: "publisher", actorId, now });
      await recordEvent(tx, { name: "submissions:submission:withdraw", subject: `submission:${id}`, actorId });
    }
  }
}

/** The bootstrap's account reads no mail. */
async function tellBothSides(tx: Tx, deps: Deps, { listing, from, to }: HandOver): Promise<void> {
  const emails = new Set<string>();
  for (const side of [from, to]) for (const owner of side.bootstrap ? [] : await activeOwners(tx, side.id)) emails.add(owner.email);
  for (const email of emails) await queueMail(tx, deps, { to: email, ...transferDoneMail({ listing: listing.slug, from: from.name, to: to.name, url: `${deps.config.publicUrl}/listings/${listing.slug}` }) });
}
