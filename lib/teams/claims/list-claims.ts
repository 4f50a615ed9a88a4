import { displayName, requireRole, requireSecondFactor, type Principal } from "#lib/accounts/index.ts";
import { afterCursor, cutPage } from "#lib/http/index.ts";
import type { Prisma } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { ClaimDetailView, ClaimQueryInput } from "../schema.ts";
import { CLAIM_DECIDERS } from "./decide-claim.ts";

/**
 * Claims that this person filed, those on names that they own, or for deciders every one that waits: oldest first, the
 * others newest first, a page at a time.
 * Throws `forbidden` for the last without a role, and `second-factor-required` where the policy asks for one.
 */
export async function listClaims(deps: Pick<Deps, "db">, principal: Principal, { queue, cursor, limit }: ClaimQueryInput): Promise<{ items: ClaimDetailView[]; nextCursor: string | null }> {
  if (queue === "open") {
    requireRole(principal, CLAIM_DECIDERS);
    await requireSecondFactor(deps, principal, CLAIM_DECIDERS);
  }
  const where = queue === "mine" ? { userId: principal.userId } : queue === "open" ? { decidedAt: null } : await heldBy(deps, principal);
  const oldest = queue === "open";
  const found = await deps.db.nameClaim.findMany({ where: { AND: [where, afterCursor(cursor, oldest ? "oldest" : "newest")] }, include: { user: true }, orderBy: { id: oldest ? "asc" : "desc" }, take: limit + 1 });
  const { rows, nextCursor } = cutPage(found, limit);
  const publishers = await deps.db.publisher.findMany({ where: { id: { in: rows.flatMap((row) => row.publisherId ?? []) } }, select: { id: true, slug: true } });
  return { items: rows.map((row) => claimView(row, publishers.find((publisher) => publisher.id === row.publisherId)?.slug ?? null)), nextCursor };
}

async function heldBy({ db }: Pick<Deps, "db">, principal: Principal): Promise<Prisma.NameClaimWhereInput> {
  const owned = await db.publisher.findMany({ where: { members: { some: { userId: principal.userId, role: "owner" } } }, select: { slug: true, listings: { where: { communityMaintained: true }, select: { slug: true } } } });
  return {
    decidedAt: null,
    OR: [
      { kind: "publisher", subject: { in: owned.map((publisher) => publisher.slug) } },
      { kind: "listing", subject: { in: owned.flatMap((publisher) => publisher.listings.map((listing) => listing.slug)) } },
    ],
  };
}

function claimView(row: Prisma.NameClaimGetPayload<{ include: { user: true } }>, publisher: string | null): ClaimDetailView {
  return {
    id: row.id,
    kind: row.kind as ClaimDetailView["kind"],
    subject: row.subject,
    publisher,
    claimant: displayName(row.user),
    evidence: row.evidence,
    createdAt: row.createdAt.toISOString(),
    noticeUntil: row.noticeUntil.toISOString(),
    objection: row.objectedAt === null ? null : { at: row.objectedAt.toISOString(), reason: row.objection ?? "" },
    decision: row.decidedAt === null ? null : { at: row.decidedAt.toISOString(), granted: row.granted === true, reason: row.reason ?? "" },
  };
}
