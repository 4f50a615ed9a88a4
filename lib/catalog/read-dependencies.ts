import type { Manifest } from "@kosmarket/kit";
import type { Db } from "#lib/platform/index.ts";
import { VISIBLE } from "./search-conditions.ts";

export interface DependenciesView {
  version: string | null;
  /** What the current version needs: other listings and npm packages, with their ranges. */
  requires: { source: "listing" | "npm"; name: string; range: string; published: boolean }[];
  /** Listings whose current version needs this one. */
  requiredBy: { id: string; range: string }[];
}

/** Dependencies of a listing's current version in both directions; null when there is no such listing. */
export async function readDependencies(deps: { db: Db }, id: string): Promise<DependenciesView | null> {
  const listing = await deps.db.listing.findUnique({ where: { slug: id }, include: { versions: { orderBy: { sortKey: "desc" } } } });
  if (listing === null) return null;
  const current = listing.versions.find((row) => row.version === listing.latestVersion);
  const { listings, npm } = declared(current?.manifest as Manifest | undefined);
  const known = await deps.db.listing.findMany({ where: { slug: { in: Object.keys(listings) }, moderation: "none", publisher: { suspendedAt: null } }, select: { slug: true } });
  const requiredBy = await deps.db.$queryRaw<{ id: string; range: string }[]>`
    SELECT l."slug" AS id, v."manifest"->'dependencies'->'listings'->>${id} AS range
    FROM "Listing" l JOIN "Version" v ON v."listingId" = l."id" AND v."version" = l."latestVersion"
    WHERE ${VISIBLE} AND v."manifest"->'dependencies'->'listings' ? ${id} ORDER BY 1 LIMIT 200`;
  return {
    version: listing.latestVersion,
    requires: [
      ...Object.entries(listings).map(([name, range]) => ({ source: "listing" as const, name, range, published: known.some((row) => row.slug === name) })),
      ...Object.entries(npm).map(([name, range]) => ({ source: "npm" as const, name, range, published: false })),
    ],
    requiredBy,
  };
}

function declared(manifest: Manifest | undefined): { listings: Record<string, string>; npm: Record<string, string> } {
  return manifest?.kind === "plugin" ? manifest.dependencies : { listings: {}, npm: {} };
}
