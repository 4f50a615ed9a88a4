import { displayName } from "#lib/accounts/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { TrustedWorkflowDetail } from "./schema.ts";

/** The build workflows that a publisher trusts, oldest first, for its members. */
export async function listWorkflows(deps: Pick<Deps, "db">, slug: string): Promise<TrustedWorkflowDetail[]> {
  const rows = await deps.db.trustedWorkflow.findMany({
    where: { publisher: { slug } },
    include: { createdBy: true, publisher: { include: { members: { where: { role: "owner", user: { suspendedAt: null, deletedAt: null } }, select: { userId: true } }, listings: { select: { slug: true } } } } },
    orderBy: { id: "asc" },
  });
  return rows.map((row) => ({
    id: row.id,
    provider: row.provider as TrustedWorkflowDetail["provider"],
    issuer: row.issuer,
    repository: row.repository,
    workflow: row.workflow,
    environment: row.environment,
    ref: row.ref,
    listing: row.listingSlug,
    pending: row.listingSlug !== null && !row.publisher.listings.some((listing) => listing.slug === row.listingSlug),
    selfHosted: row.selfHosted,
    ownerId: row.ownerId,
    repositoryId: row.repositoryId,
    state: row.publisher.members.some((member) => member.userId === row.createdById) ? "active" : "resting",
    addedBy: row.createdBy === null ? null : displayName(row.createdBy),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
}
