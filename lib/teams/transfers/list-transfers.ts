import type { Principal } from "#lib/accounts/index.ts";
import type { Prisma } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { TransferDetailView } from "../schema.ts";

const WITH = { listing: true, from: true, to: true } as const;
const MOST = 100;

/** Offers and handovers of a publisher, in and out, newest first. */
export async function listTransfers(deps: Pick<Deps, "db" | "now">, slug: string): Promise<TransferDetailView[]> {
  const rows = await deps.db.listingTransfer.findMany({ where: { OR: [{ from: { slug } }, { to: { slug } }] }, include: WITH, orderBy: { createdAt: "desc" }, take: MOST });
  return rows.map((row) => transferView(row, deps.now()));
}

/** Open offers to publishers that this person owns. */
export async function transfersFor(deps: Pick<Deps, "db" | "now">, principal: Principal): Promise<TransferDetailView[]> {
  const owned = { suspendedAt: null, members: { some: { userId: principal.userId, role: "owner" } } };
  const rows = await deps.db.listingTransfer.findMany({ where: { to: owned, acceptedAt: null, declinedAt: null, withdrawnAt: null, expiresAt: { gt: deps.now() } }, include: WITH, orderBy: { createdAt: "desc" }, take: MOST });
  return rows.map((row) => transferView(row, deps.now()));
}

function transferView(row: Prisma.ListingTransferGetPayload<{ include: typeof WITH }>, now: Date): TransferDetailView {
  return {
    id: row.id,
    listing: { id: row.listing.slug, name: row.listing.name },
    from: { slug: row.from.slug, name: row.from.name },
    to: { slug: row.to.slug, name: row.to.name },
    cause: row.cause as TransferDetailView["cause"],
    reason: row.reason,
    state: stateOf(row, now),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}

function stateOf(row: { acceptedAt: Date | null; declinedAt: Date | null; withdrawnAt: Date | null; expiresAt: Date }, now: Date): TransferDetailView["state"] {
  if (row.acceptedAt !== null) return "accepted";
  if (row.declinedAt !== null) return "declined";
  if (row.withdrawnAt !== null) return "withdrawn";
  return row.expiresAt > now ? "open" : "expired";
}
