import { requireMember, requireScope, requireUnrestricted, type Principal, type PublisherRow } from "#lib/accounts/index.ts";
import type { Tx } from "#lib/platform/index.ts";

/**
 * The publisher, held until the transaction ends, when the principal owns it. Its row is locked before the membership is
 * read: an owner who was removed a moment ago does not act any more. A token for certain listings changes no team.
 */
export async function holdAsOwner(tx: Tx, principal: Principal, slug: string): Promise<PublisherRow> {
  requireTeamReach(principal);
  await tx.$queryRaw`SELECT 1 FROM "Publisher" WHERE "slug" = ${slug} FOR NO KEY UPDATE`;
  return await requireMember(tx, principal, slug, "members");
}

/** Throws `forbidden` for a token without the scope `keys`, and for one that is for certain listings only. */
export function requireTeamReach(principal: Principal): void {
  requireScope(principal, "keys");
  requireUnrestricted(principal);
}

/** Owners of a publisher whose accounts are there, those included that are suspended and may come back. */
export async function remainingOwners(tx: Tx, publisherId: string): Promise<{ id: string; email: string }[]> {
  const rows = await tx.membership.findMany({ where: { publisherId, role: "owner", user: { deletedAt: null } }, include: { user: { select: { id: true, email: true } } } });
  return rows.map((row) => row.user);
}
