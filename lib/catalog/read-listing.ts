import type { Deps } from "#lib/runtime/index.ts";
import { listingSummaries } from "./listing-summaries.ts";
import { readVersion, versionSummary } from "./read-version.ts";
import type { ListingDetailView, ListingSummaryView } from "./schema.ts";

/** A listing with its versions and the evidence of its current one; null where nothing was published under the id. */
export async function readListing(deps: Pick<Deps, "db" | "config">, id: string): Promise<ListingDetailView | null> {
  const row = await deps.db.listing.findUnique({ where: { slug: id }, include: { publisher: true, versions: { orderBy: { sortKey: "desc" }, include: { artifact: true, downloads: true } } } });
  const summary = row === null ? undefined : (await listingSummaries(deps.db, [id]))[0];
  if (row === null || summary === undefined) return null;
  const { ladder: _ticks, ...head } = summary;
  const state = listingState(row);
  if (state === "quarantined") return withhold(head, row);
  const shown = row.latestVersion ?? row.versions.find((version) => version.deletedAt === null)?.version;
  return {
    ...head,
    description: row.description,
    license: row.license,
    homepage: row.homepage,
    repository: row.repository,
    docs: row.docs,
    tags: row.tags,
    createdAt: row.createdAt.toISOString(),
    state,
    stateReason: state === "removed" ? row.moderationReason : null,
    deprecated: row.deprecatedAt === null ? null : { at: row.deprecatedAt.toISOString(), reason: row.deprecationReason ?? "", successor: row.successor, until: row.deprecationEndsAt?.toISOString() ?? null },
    readme: row.readme,
    versions: row.versions.map((version) => versionSummary(version, id, deps.config.publicUrl)),
    current: shown === undefined ? null : await readVersion(deps, id, shown),
  };
}

/** What is told of a listing that was taken down: that it exists, whose it is, and why nothing of it is given out. */
function withhold(head: Omit<ListingSummaryView, "ladder">, row: { createdAt: Date; moderation: string; moderationReason: string | null }): ListingDetailView {
  const stateReason = row.moderation === "quarantined" ? row.moderationReason : "its publisher is suspended";
  const nothing = { summary: "", latest: null, icon: null, description: null, license: null, homepage: null, repository: null, docs: [], tags: [], readme: null, versions: [], current: null, deprecated: null };
  return { ...head, ...nothing, createdAt: row.createdAt.toISOString(), state: "quarantined", stateReason };
}

/** A suspended publisher's listings count as quarantined: nothing of theirs is installable. */
function listingState(row: { moderation: string; publisher: { suspendedAt: Date | null }; hiddenAt: Date | null; deprecatedAt: Date | null; latestVersion: string | null }): ListingDetailView["state"] {
  if (row.moderation === "removed" || row.moderation === "quarantined") return row.moderation;
  if (row.publisher.suspendedAt !== null) return "quarantined";
  if (row.hiddenAt !== null) return "hidden";
  if (row.latestVersion === null) return "yanked";
  return row.deprecatedAt === null ? "visible" : "deprecated";
}
