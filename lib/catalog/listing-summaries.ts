import type { Db } from "#lib/platform/index.ts";
import { findVersionRecords } from "#lib/transparency/index.ts";
import { publishersWithNames } from "#lib/trust/index.ts";
import { ladderTicks } from "./build-ladder.ts";
import type { ListingSummaryView } from "./schema.ts";

const DAYS = 30;

/** Summaries of the listings with these slugs, in the same order; slugs that name no listing are left out. */
export async function listingSummaries(db: Db, slugs: string[]): Promise<ListingSummaryView[]> {
  if (slugs.length === 0) return [];
  const listings = await db.listing.findMany({ where: { slug: { in: slugs } }, include: { publisher: true } });
  const ids = listings.map((listing) => listing.id);
  const publisherIds = [...new Set(listings.map((listing) => listing.publisherId))];
  const [named, recorded, reviewed, downloads] = await Promise.all([publishersWithNames(db, publisherIds), latestRecorded(db, ids), reviewedByPerson(db, ids), dailyDownloads(db, ids)]);
  const bySlug = new Map(listings.map((listing) => [listing.slug, listing]));
  return slugs.flatMap((slug) => {
    const listing = bySlug.get(slug);
    if (listing === undefined) return [];
    const daily = downloads.get(listing.id) ?? new Array<number>(DAYS).fill(0);
    return [
      {
        id: listing.slug,
        kind: listing.kind as ListingSummaryView["kind"],
        type: listing.type as ListingSummaryView["type"],
        name: listing.name,
        summary: listing.summary,
        publisher: { slug: listing.publisher.slug, name: listing.publisher.name },
        latest: listing.latestVersion,
        trust: { requested: listing.requestedTrust, effective: listing.effectiveTrust } as ListingSummaryView["trust"],
        signer: listing.signer as ListingSummaryView["signer"],
        capabilities: listing.capabilities,
        permissions: listing.permissions,
        updatedAt: listing.updatedAt.toISOString(),
        communityMaintained: listing.communityMaintained,
        ladder: ladderTicks(listing.signer, named.has(listing.publisherId), recorded.has(listing.id), reviewed.has(listing.id)),
        downloads: { total: daily.reduce((sum, count) => sum + count, 0), daily },
        icon: listing.iconSha256 === null ? null : `/api/v1/listings/${listing.slug}/icon?sha256=${listing.iconSha256}`,
      },
    ];
  });
}

/** Listings whose latest version's publication is in the log, under a signed checkpoint. */
async function latestRecorded(db: Db, listingIds: string[]): Promise<Set<string>> {
  const latest = await db.$queryRaw<{ id: string; versionId: string }[]>`
    SELECT l."id"::text AS id, v."id"::text AS "versionId" FROM "Listing" l JOIN "Version" v ON v."listingId" = l."id" AND v."version" = l."latestVersion"
    WHERE l."id" = ANY(${listingIds}::uuid[])`;
  const records = await findVersionRecords({ db }, latest.map((row) => row.versionId));
  return new Set(latest.filter((row) => records.has(row.versionId)).map((row) => row.id));
}

async function reviewedByPerson(db: Db, listingIds: string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT l."id"::text AS id FROM "Listing" l
    JOIN "Version" v ON v."listingId" = l."id" AND v."version" = l."latestVersion"
    JOIN "Decision" d ON d."submissionId" = v."submissionId" AND d."decision" = 'approve' AND d."policy" <> 'bootstrap'
    WHERE l."id" = ANY(${listingIds}::uuid[])`;
  return new Set(rows.map((row) => row.id));
}

async function dailyDownloads(db: Db, listingIds: string[]): Promise<Map<string, number[]>> {
  const rows = await db.$queryRaw<{ id: string; age: number; count: bigint }[]>`
    SELECT v."listingId"::text AS id, ((now() AT TIME ZONE 'utc')::date - d."day")::int AS age, sum(d."count") AS count
    FROM "DownloadDay" d JOIN "Version" v ON v."id" = d."versionId"
    WHERE v."listingId" = ANY(${listingIds}::uuid[]) AND d."day" > (now() AT TIME ZONE 'utc')::date - ${DAYS}::int GROUP BY 1, 2`;
  const result = new Map<string, number[]>();
  for (const row of rows) {
    const daily = result.get(row.id) ?? new Array<number>(DAYS).fill(0);
    daily[DAYS - 1 - row.age] = Number(row.count);
    result.set(row.id, daily);
  }
  return result;
}
