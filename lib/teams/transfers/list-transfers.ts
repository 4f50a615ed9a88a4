import type { Principal } from "#lib/accounts/index.ts";
import { afterCursor, cutPage, type PageInput } from "#lib/http/index.ts";
import type { Prisma } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { TransferDetailView } from "../schema.ts";

const WITH = { listing: true, from: true, to: true } as const;

interface TransferPage {
  items: TransferDetailView[];
  nextCursor: string | null;
}

/** Offers and handovers of a publisher, in and out, newest first, a page at a time. */
export async function listTransfers(deps: Pick<Deps, "db" | "now">, slug: string, page: PageInput): Promise<TransferPage> {
  return await readPage(deps, { OR: [{ from: { slug } }, { to: { slug } }] }, page);
}

/** Open offers to publishers that this person owns, newest first, a page at a time. */
export async function transfersFor(deps: Pick<Deps, "db" | "now">, principal: Principal, page: PageInput): Promise<TransferPage> {
  const owned = { suspendedAt: null, members: { some: { userId: principal.userId, role: "owner" } } };
  return await readPage(deps, { to: owned, acceptedAt: null, declinedAt: null, withdrawnAt: null, expiresAt: { gt: deps.now() } }, page);
}

async function readPage(deps: Pick<Deps, "db" | "now">, where: Prisma.ListingTransferWhereInput, { cursor, limit }: PageInput): Promise<TransferPage> {
  const found = await deps.db.listingTransfer.findMany({ where: { AND: [where, afterCursor(cursor)] }, include: WITH, orderBy: { id: "desc" }, take: limit + 1 });
  const { rows, nextCursor } = cutPage(found, limit);
  return { items: rows.map((row) => transferView(row, deps.now())), nextCursor };
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
