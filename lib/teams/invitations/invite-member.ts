import { newSecret, hashSecret, requireEmail, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import type { PublisherRole } from "#lib/accounts/schema.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { invitationMail, queueMail } from "#lib/mail/index.ts";
import { newId } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { setMemberRole } from "../members/change-member.ts";
import { invitationMissing, notAllowedNow } from "../errors.ts";
import { holdAsOwner } from "../require-owner.ts";

const VALID_MS = 7 * 86_400_000;
const MOST_OPEN = 100;

interface InviteInput {
  principal: Principal;
  slug: string;
  email: string;
  role: PublisherRole;
}

/** Changes the role of whoever is a member already, and invites everyone else. */
export async function inviteOrSetRole(deps: Deps, input: InviteInput): Promise<void> {
  const member = await deps.db.membership.findFirst({ where: { publisher: { slug: input.slug, members: { some: { userId: input.principal.userId } } }, user: { email: requireEmail(input.email) } } });
  if (member === null) await inviteMember(deps, input);
  else await setMemberRole(deps, { ...input, userId: member.userId });
}

/**
 * Invites an address with a role. The mailed token works once and for seven days; inviting again replaces it. Owners
 * only, after a step-up where an owner is made.
 */
export async function inviteMember(deps: Deps, input: InviteInput): Promise<{ id: string }> {
  const email = requireEmail(input.email);
  if (input.role === "owner") await requireStepUp(deps, input.principal);
  const token = newSecret();
  const now = deps.now();
  return await deps.db.$transaction(async (tx) => {
    const publisher = await holdAsOwner(tx, input.principal, input.slug);
    if ((await tx.membership.count({ where: { publisherId: publisher.id, user: { email } } })) > 0) throw notAllowedNow("This address is a member already.");
    const open = { publisherId: publisher.id, acceptedAt: null, declinedAt: null, revokedAt: null };
    await tx.invitation.updateMany({ where: { ...open, email }, data: { revokedAt: now } });
    if ((await tx.invitation.count({ where: open })) >= MOST_OPEN) throw notAllowedNow(`There are ${MOST_OPEN} open invitations; revoke some first.`);
    const row = await tx.invitation.create({ data: { id: newId(), publisherId: publisher.id, email, role: input.role, tokenHash: hashSecret(token), invitedById: input.principal.userId, createdAt: now, expiresAt: new Date(now.getTime() + VALID_MS) } });
    await recordEvent(tx, { name: "accounts:invitation:create", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { invitation: row.id, role: input.role } });
    await queueMail(tx, deps, { to: email, ...invitationMail({ publisher: publisher.name, role: input.role, url: `${deps.config.publicUrl}/invitations?token=${token}` }) });
    return { id: row.id };
  });
}

/** Takes an invitation back. Throws `not-found` for one that is answered, revoked or another publisher's. */
export async function revokeInvitation(deps: Deps, input: { principal: Principal; slug: string; id: string }): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const publisher = await holdAsOwner(tx, input.principal, input.slug);
    const { count } = await tx.invitation.updateMany({ where: { id: input.id, publisherId: publisher.id, acceptedAt: null, declinedAt: null, revokedAt: null }, data: { revokedAt: deps.now() } });
    if (count !== 1) throw invitationMissing();
    await recordEvent(tx, { name: "accounts:invitation:revoke", subject: `publisher:${publisher.slug}`, actorId: input.principal.userId, data: { invitation: input.id } });
  });
}
