import { afterCursor, cutPage } from "#lib/http/index.ts";
import type { Db, Prisma } from "#lib/platform/index.ts";
import { likeLiteral } from "./like-literal.ts";
import type { AdminPublishersQueryInput, AdminPublisherView } from "./schema.ts";

/** Publishers, newest first, a page at a time; `q` is part of the slug or the name. */
export async function listPublishers(deps: { db: Db }, { q, state, cursor, limit }: AdminPublishersQueryInput): Promise<{ items: AdminPublisherView[]; nextCursor: string | null }> {
  const pattern = likeLiteral(q);
  const named: Prisma.PublisherWhereInput = q === "" ? {} : { OR: [{ slug: { contains: pattern, mode: "insensitive" } }, { name: { contains: pattern, mode: "insensitive" } }] };
  const standing: Prisma.PublisherWhereInput = state === undefined ? {} : { suspendedAt: state === "suspended" ? { not: null } : null };
  const found = await deps.db.publisher.findMany({ where: { AND: [named, standing, afterCursor(cursor)] }, include: { _count: { select: { members: true, listings: true } } }, orderBy: { id: "desc" }, take: limit + 1 });
  const { rows, nextCursor } = cutPage(found, limit);
  const items = rows.map((row) => ({
    slug: row.slug,
    name: row.name,
    members: row._count.members,
    listings: row._count.listings,
    createdAt: row.createdAt.toISOString(),
    suspended: row.suspendedAt === null ? null : { at: row.suspendedAt.toISOString(), reason: row.suspendedReason ?? "" },
  }));
  return { items, nextCursor };
}
