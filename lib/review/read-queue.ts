import { permissionRisk } from "@kosmarket/kit";
import { displayName } from "#lib/accounts/index.ts";
import type { Db } from "#lib/platform/index.ts";
import { WAITING_STATES } from "#lib/submissions/index.ts";
import type { QueueItemView, SubmissionState } from "#lib/submissions/schema.ts";

const RISKS = ["none", "low", "medium", "high"] as const;

/** What waits for a person, oldest first. */
export async function readQueue(deps: { db: Db }, viewer: { id: string } | { userId: string }): Promise<QueueItemView[]> {
  const reader = "id" in viewer ? viewer.id : viewer.userId;
  const rows = await deps.db.submission.findMany({ where: { state: { in: [...WAITING_STATES] } }, include: { publisher: true, claimedBy: true, checks: true }, orderBy: { queuedAt: "asc" }, take: 200 });
  const listings = await deps.db.listing.findMany({ where: { slug: { in: rows.map((row) => row.listingSlug) } }, select: { slug: true, permissions: true } });
  const approved = new Map(listings.map((listing) => [listing.slug, listing.permissions]));
  return rows.map((row) => {
    const findings = { B: 0, H: 0, W: 0, I: 0 };
    for (const finding of row.checks.flatMap((check) => check.findings as { severity: keyof typeof findings }[])) findings[finding.severity]++;
    const claimed = row.claimedBy !== null && row.claimedUntil !== null && row.claimedUntil > new Date();
    return {
      id: row.id,
      listing: row.listingSlug,
      version: row.version,
      kind: row.kind as "service" | "plugin",
      name: row.name,
      publisher: { slug: row.publisher.slug, name: row.publisher.name },
      state: row.state as SubmissionState,
      queuedAt: row.queuedAt.toISOString(),
      firstVersion: !approved.has(row.listingSlug),
      newPermissions: row.permissions.filter((permission) => !(approved.get(row.listingSlug) ?? []).includes(permission)),
      highestRisk: highestRisk(row.permissions),
      findings,
      claim: claimed ? { by: displayName(row.claimedBy), until: (row.claimedUntil ?? new Date()).toISOString(), mine: row.claimedById === reader } : null,
    };
  });
}

function highestRisk(permissions: string[]): QueueItemView["highestRisk"] {
  const ranks = permissions.map((permission) => RISKS.indexOf(permissionRisk(permission) ?? "none"));
  return RISKS[Math.max(0, ...ranks)] ?? "none";
}
