import type { Deps } from "#lib/runtime/index.ts";
import { provenNames } from "#lib/trust/index.ts";
import { listingSummaries } from "./listing-summaries.ts";
import type { PublisherDetailView } from "./schema.ts";

/** A publisher with what it publishes and every key it ever registered; null when unknown. */
export async function readPublisher(deps: Pick<Deps, "db" | "config">, slug: string): Promise<PublisherDetailView | null> {
  const row = await deps.db.publisher.findUnique({
    where: { slug },
    include: { members: true, keys: { orderBy: { addedAt: "desc" } }, listings: { where: { hiddenAt: null, moderation: "none" }, orderBy: { name: "asc" }, take: 200 } },
  });
  if (row === null) return null;
  return {
    slug: row.slug,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    bootstrap: row.bootstrap,
    description: row.suspendedAt === null ? row.description : null,
    website: row.suspendedAt === null ? row.website : null,
    names: await provenNames(deps.db, row.id),
    suspendedAt: row.suspendedAt?.toISOString() ?? null,
    members: row.members.length,
    listings: await listingSummaries(deps.db, row.suspendedAt === null ? row.listings.map((listing) => listing.slug) : []),
    keys: row.keys.map((key) => ({
      fingerprint: key.fingerprint,
      algorithm: key.algorithm,
      createdAt: key.keyCreatedAt.toISOString(),
      expiresAt: key.keyExpiresAt?.toISOString() ?? null,
      addedAt: key.addedAt.toISOString(),
      revoked: key.revokedAt === null ? null : { at: key.revokedAt.toISOString(), reason: key.revocationReason ?? "", compromisedSince: key.compromisedSince?.toISOString() ?? null },
    })),
    keysUrl: `${deps.config.publicUrl}/api/v1/publishers/${row.slug}/keys.asc`,
  };
}
