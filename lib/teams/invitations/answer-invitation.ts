import { activeOwners, hashSecret, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import type { Prisma, Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { invitationClosed, invitationMissing, otherAddress, unprovenAddress } from "../errors.ts";
import { requireTeamReach } from "../require-owner.ts";

/** The mailed token, or the id of an invitation that the account's own address got. */
type Which = { token: string } | { id: string };
type InvitationRow = Prisma.InvitationGetPayload<{ include: { publisher: true } }>;

/**
 * Makes the signed-in person a member. Only the account whose verified address was invited may: whoever else holds the
 * mail is refused. One conditional update lets one of many presses through. Throws `gone` for an invitation that was
 * used, revoked or is too old, or whose sender is no owner any more, `forbidden` for another address.
 */
export async function acceptInvitation(deps: Deps, input: { principal: Principal; which: Which }): Promise<{ publisher: string; role: string }> {
  return await answer(deps, input, async (tx, invitation) => {
    const { publisher, role } = invitation;
    const userId = input.principal.userId;
    if (publisher.suspendedAt !== null) throw new RegistryError("forbidden", `The publisher \`${publisher.slug}\` is suspended.`);
    if (!(await activeOwners(tx, publisher.id)).some((owner) => owner.id === invitation.invitedById)) throw invitationClosed("was taken back: whoever sent it is no owner any more");
    await take(tx, invitation, { acceptedAt: deps.now() }, deps.now());
    const joined = await tx.membership.createMany({ data: [{ publisherId: publisher.id, userId, role }], skipDuplicates: true });
    await recordEvent(tx, { name: "accounts:invitation:accept", subject: `publisher:${publisher.slug}`, actorId: userId, data: { invitation: invitation.id } });
    if (joined.count === 1) await recordEvent(tx, { name: "accounts:member:add", subject: `publisher:${publisher.slug}`, actorId: userId, data: { user: userId, role } });
  });
}

/** Says no. The same people may as may accept. */
export async function declineInvitation(deps: Deps, input: { principal: Principal; which: Which }): Promise<{ publisher: string; role: string }> {
  return await answer(deps, input, async (tx, invitation) => {
    await take(tx, invitation, { declinedAt: deps.now() }, deps.now());
    await recordEvent(tx, { name: "accounts:invitation:decline", subject: `publisher:${invitation.publisher.slug}`, actorId: input.principal.userId, data: { invitation: invitation.id } });
  });
}

async function answer(deps: Deps, { principal, which }: { principal: Principal; which: Which }, change: (tx: Tx, invitation: InvitationRow) => Promise<void>): Promise<{ publisher: string; role: string }> {
  requireTeamReach(principal);
  return await deps.db.$transaction(async (tx) => {
    const where = "token" in which ? { tokenHash: hashSecret(which.token) } : { id: which.id, email: principal.email };
    // Members and owners change under the publisher's lock; an invitation that is accepted does so too.
    await tx.$queryRaw`SELECT 1 FROM "Publisher" p JOIN "Invitation" i ON i."publisherId" = p."id" WHERE i."tokenHash" = ${"tokenHash" in where ? where.tokenHash : ""} OR i."id"::text = ${"id" in where ? where.id : ""} FOR NO KEY UPDATE OF p`;
    const invitation = await tx.invitation.findFirst({ where, include: { publisher: true } });
    if (invitation === null) throw invitationMissing();
    requireOpen(invitation, deps.now());
    await requireInvited(tx, principal, invitation);
    await change(tx, invitation);
    return { publisher: invitation.publisher.slug, role: invitation.role };
  });
}

function requireOpen(row: InvitationRow, now: Date): void {
  if (row.acceptedAt !== null) throw invitationClosed("was accepted already");
  if (row.declinedAt !== null) throw invitationClosed("was declined");
  if (row.revokedAt !== null) throw invitationClosed("was taken back");
  if (row.expiresAt <= now) throw invitationClosed("has expired");
}

async function requireInvited(tx: Tx, principal: Principal, invitation: InvitationRow): Promise<void> {
  const user = await tx.user.findUniqueOrThrow({ where: { id: principal.userId }, select: { email: true, emailVerified: true } });
  if (user.email.toLowerCase() !== invitation.email.toLowerCase()) throw otherAddress();
  if (user.emailVerified === null) throw unprovenAddress();
}

async function take(tx: Tx, row: InvitationRow, data: { acceptedAt: Date } | { declinedAt: Date }, now: Date): Promise<void> {
  const { count } = await tx.invitation.updateMany({ where: { id: row.id, acceptedAt: null, declinedAt: null, revokedAt: null, expiresAt: { gt: now } }, data });
  if (count !== 1) throw invitationClosed("was answered or taken back at this moment");
}
