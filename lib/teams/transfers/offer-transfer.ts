import { activeOwners, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { notFound } from "#lib/http/index.ts";
import { queueMail, transferAnnouncedMail, transferOfferedMail } from "#lib/mail/index.ts";
import { isUniqueViolation, newId, type Prisma, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { notAllowedNow, wrongField } from "../errors.ts";
import { holdAsOwner } from "../require-owner.ts";

const VALID_MS = 14 * 86_400_000;

type ListingRow = Prisma.ListingGetPayload<{ include: { publisher: true } }>;

/**
 * Offers a listing to another publisher, whose owners are told. Owners only, after a step-up; nothing changes until an
 * owner of the other side accepts. Throws `invalid-input` for a receiver that is none, `move-not-allowed` while another
 * offer is open or the listing is under moderation.
 */
export async function offerTransfer(deps: Deps, input: { principal: Principal; listing: string; to: string; reason: string }): Promise<{ id: string }> {
  await requireStepUp(deps, input.principal);
  const now = deps.now();
  try {
    return await deps.db.$transaction(async (tx) => {
      const listing = await tx.listing.findUnique({ where: { slug: input.listing }, include: { publisher: true } });
      if (listing === null) throw notFound(`Listing \`${input.listing}\``);
      const from = await holdAsOwner(tx, input.principal, listing.publisher.slug);
      await requireMovable(tx, listing, from.id);
      const to = await tx.publisher.findUnique({ where: { slug: input.to } });
      if (to === null || to.suspendedAt !== null || to.bootstrap) throw wrongField("/to", `\`${input.to}\` is no publisher that can take a listing.`);
      if (to.id === from.id) throw wrongField("/to", `\`${input.to}\` has the listing already.`);
      // An offer whose time is over stands in nobody's way.
      await tx.listingTransfer.updateMany({ where: { listingId: listing.id, acceptedAt: null, declinedAt: null, withdrawnAt: null, expiresAt: { lte: now } }, data: { withdrawnAt: now } });
      const row = await tx.listingTransfer.create({ data: { id: newId(), listingId: listing.id, fromPublisherId: from.id, toPublisherId: to.id, cause: "offer", reason: input.reason, offeredById: input.principal.userId, createdAt: now, expiresAt: new Date(now.getTime() + VALID_MS) } });
      await recordEvent(tx, { name: "catalog:transfer:offer", subject: `listing:${listing.slug}`, actorId: input.principal.userId, data: { transfer: row.id, from: from.slug, to: to.slug } });
      for (const owner of await activeOwners(tx, to.id)) await queueMail(tx, deps, { to: owner.email, ...transferOfferedMail({ listing: listing.slug, from: from.name, to: to.name, reason: input.reason, url: `${deps.config.publicUrl}/teams` }) });
      const told = { listing: listing.slug, from: from.name, to: to.name, reason: input.reason, url: `${deps.config.publicUrl}/teams/${from.slug}` };
      for (const owner of await activeOwners(tx, from.id)) if (owner.id !== input.principal.userId) await queueMail(tx, deps, { to: owner.email, ...transferAnnouncedMail(told) });
      return { id: row.id };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw notAllowedNow("This listing is offered to a publisher already; withdraw that offer first.");
    throw error;
  }
}

/** Moderation looks at a listing together with whoever published it. */
async function requireMovable(tx: Tx, listing: ListingRow, publisherId: string): Promise<void> {
  if (listing.moderation !== "none") throw notAllowedNow("A listing that is quarantined or removed stays where it is.");
  const current = await tx.listing.findUniqueOrThrow({ where: { id: listing.id }, select: { publisherId: true } });
  if (current.publisherId !== publisherId) throw notAllowedNow("The listing changed hands at this moment.");
}
