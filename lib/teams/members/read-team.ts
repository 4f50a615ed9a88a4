import type { PublisherRole } from "#lib/accounts/schema.ts";
import type { Db } from "#lib/platform/index.ts";

export interface TeamView {
  slug: string;
  name: string;
  description: string | null;
  website: string | null;
  role: PublisherRole;
  suspended: string | null;
  /** What it publishes, hidden listings included. */
  listings: { id: string; name: string }[];
}

/** A publisher as its member sees it, suspended or not; null for everyone else. */
export async function readTeam(deps: { db: Db }, userId: string, slug: string): Promise<TeamView | null> {
  const row = await deps.db.membership.findFirst({ where: { userId, publisher: { slug } }, include: { publisher: { include: { listings: { select: { slug: true, name: true }, orderBy: { name: "asc" } } } } } });
  if (row === null) return null;
  const { publisher } = row;
  return {
    slug: publisher.slug,
    name: publisher.name,
    description: publisher.description,
    website: publisher.website,
    role: row.role as PublisherRole,
    suspended: publisher.suspendedAt === null ? null : (publisher.suspendedReason ?? ""),
    listings: publisher.listings.map((listing) => ({ id: listing.slug, name: listing.name })),
  };
}
