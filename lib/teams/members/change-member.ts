import { activeOwners, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import type { PublisherRole } from "#lib/accounts/schema.ts";
import { recordEvent } from "#lib/audit/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { lastOwner, memberMissing, notAllowedNow } from "../errors.ts";
import { holdAsOwner, requireTeamReach } from "../require-owner.ts";

interface MemberInput {
  principal: Principal;
  slug: string;
  userId: string;
}

/** Gives a member another role. Owners only, after a step-up where an owner is made or unmade; the last owner keeps the role. */
export async function setMemberRole(deps: Deps, input: MemberInput & { role: PublisherRole }): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const publisher = await holdAsOwner(tx, input.principal, input.slug);
    const member = await requireMembership(tx, publisher.id, input);
    if (member.role === input.role) return;
    if (member.role === "owner" || input.role === "owner") await requireStepUp({ db: tx, now: deps.now }, input.principal);
    if (member.role === "owner") await requireAnotherOwner(tx, publisher.id, input.userId);
    await tx.membership.update({ where: { publisherId_userId: { publisherId: publisher.id, userId: input.userId } }, data: { role: input.role } });
    await recordEvent(tx, { name: "accounts:member:set-role", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { user: input.userId, from: member.role, role: input.role } });
  });
}

/**
 * Takes a member out. What they published stays; their sessions and tokens stay too, and no longer reach this publisher,
 * since every right is read from the membership.
 */
export async function removeMember(deps: Deps, input: MemberInput): Promise<void> {
  if (input.userId === input.principal.userId) throw notAllowedNow("To go yourself, leave the publisher.");
  await deps.db.$transaction(async (tx) => {
    const publisher = await holdAsOwner(tx, input.principal, input.slug);
    const member = await requireMembership(tx, publisher.id, input);
    if (member.role === "owner") await requireStepUp({ db: tx, now: deps.now }, input.principal);
    if (member.role === "owner") await requireAnotherOwner(tx, publisher.id, input.userId);
    await endMembership(tx, publisher, { ...input, now: deps.now() }, "accounts:member:remove");
  });
}

/** Ends one's own membership, of a suspended publisher too; an owner's takes a step-up, the last owner stays. Throws `not-found` for whoever is no member. */
export async function leavePublisher(deps: Deps, input: { principal: Principal; slug: string }): Promise<void> {
  requireTeamReach(input.principal);
  const userId = input.principal.userId;
  await deps.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Publisher" WHERE "slug" = ${input.slug} FOR NO KEY UPDATE`;
    const member = await tx.membership.findFirst({ where: { userId, publisher: { slug: input.slug } }, include: { publisher: true } });
    if (member === null) throw memberMissing(input.slug);
    if (member.role === "owner") await requireStepUp({ db: tx, now: deps.now }, input.principal);
    if (member.role === "owner") await requireAnotherOwner(tx, member.publisherId, userId);
    await endMembership(tx, member.publisher, { ...input, userId, now: deps.now() }, "accounts:member:leave");
  });
}

async function requireMembership(tx: Tx, publisherId: string, input: MemberInput): Promise<{ role: string }> {
  const member = await tx.membership.findUnique({ where: { publisherId_userId: { publisherId, userId: input.userId } } });
  if (member === null) throw memberMissing(input.slug);
  return member;
}

/** An owner whose account is suspended or gone does not count: nobody could act. */
async function requireAnotherOwner(tx: Tx, publisherId: string, userId: string): Promise<void> {
  const others = (await activeOwners(tx, publisherId)).filter((owner) => owner.id !== userId);
  if (others.length === 0) throw lastOwner();
}

/** With the membership go the invitations that they made and nobody answered: one to a second address of theirs would bring them back. */
async function endMembership(tx: Tx, publisher: { id: string; slug: string }, input: MemberInput & { now: Date }, name: "accounts:member:remove" | "accounts:member:leave"): Promise<void> {
  await tx.invitation.updateMany({ where: { publisherId: publisher.id, invitedById: input.userId, acceptedAt: null, declinedAt: null, revokedAt: null }, data: { revokedAt: input.now } });
  await tx.membership.delete({ where: { publisherId_userId: { publisherId: publisher.id, userId: input.userId } } });
  await recordEvent(tx, { name, subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { user: input.userId } });
}
