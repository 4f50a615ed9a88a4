import { displayName, hashSecret, type Principal } from "#lib/accounts/index.ts";
import type { PublisherRole } from "#lib/accounts/schema.ts";
import type { Prisma } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { InvitationDetailView } from "../schema.ts";

const OPEN = { acceptedAt: null, declinedAt: null, revokedAt: null } as const;
/** With the owners who can act: an invitation counts as long as its sender is one. */
const WITH = { publisher: { include: { members: { where: { role: "owner", user: { suspendedAt: null, deletedAt: null } }, select: { userId: true } } } }, invitedBy: true } as const satisfies Prisma.InvitationInclude;

/** Unanswered invitations of a publisher, newest first, expired ones included. */
export async function listInvitations(deps: Pick<Deps, "db" | "now">, slug: string): Promise<InvitationDetailView[]> {
  const rows = await deps.db.invitation.findMany({ where: { ...OPEN, publisher: { slug } }, include: WITH, orderBy: { createdAt: "desc" } });
  return rows.map((row) => invitationView(row, deps.now()));
}

/** Invitations that the account's verified address got and nobody answered. */
export async function invitationsFor(deps: Pick<Deps, "db" | "now">, principal: Principal): Promise<InvitationDetailView[]> {
  const user = await deps.db.user.findUnique({ where: { id: principal.userId }, select: { email: true, emailVerified: true } });
  if (user === null || user.emailVerified === null) return [];
  const rows = await deps.db.invitation.findMany({ where: { ...OPEN, email: user.email, expiresAt: { gt: deps.now() }, publisher: { suspendedAt: null } }, include: WITH, orderBy: { createdAt: "desc" } });
  return rows.map((row) => invitationView(row, deps.now()));
}

/** What whoever holds the mailed link is shown; null where it leads to nothing that can be answered. */
export async function readInvitation(deps: Pick<Deps, "db" | "now">, token: string): Promise<InvitationDetailView | null> {
  const row = await deps.db.invitation.findFirst({ where: { ...OPEN, tokenHash: hashSecret(token), expiresAt: { gt: deps.now() } }, include: WITH });
  return row === null ? null : invitationView(row, deps.now());
}

function invitationView(row: Prisma.InvitationGetPayload<{ include: typeof WITH }>, now: Date): InvitationDetailView {
  return {
    id: row.id,
    publisher: { slug: row.publisher.slug, name: row.publisher.name },
    email: row.email,
    role: row.role as PublisherRole,
    invitedBy: row.invitedBy === null ? null : displayName(row.invitedBy),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    state: stateOf(row, now),
  };
}

function stateOf(row: Prisma.InvitationGetPayload<{ include: typeof WITH }>, now: Date): InvitationDetailView["state"] {
  if (row.expiresAt <= now) return "expired";
  return row.publisher.members.some((owner) => owner.userId === row.invitedById) ? "open" : "void";
}
