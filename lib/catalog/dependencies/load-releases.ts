import type { Manifest, Released, ReleaseTable } from "@kosmarket/kit";
import { Prisma, type Db, type Tx } from "#lib/platform/index.ts";

/** Listings and versions that a graph may reach before it counts as too large: an honest one reaches a few dozen. */
const MOST_LISTINGS = 500;
const MOST_VERSIONS = 5_000;
/** Levels of a graph, one query each. */
const MOST_LEVELS = 100;

export interface LoadedReleases {
  releases: ReleaseTable;
  /** false where the graph is larger than what is read */
  complete: boolean;
}

interface Row {
  slug: string;
  version: string;
  channel: string;
  yanked: boolean;
  requires: Record<string, string> | null;
  platforms: string[] | null;
  engine: string | null;
}

/**
 * Every version of the listings named and of all that any of those versions could need in turn, level by level. What
 * cannot be installed by anyone (quarantined, removed or deleted, its publisher suspended) is left out, as if it did not exist.
 */
export async function loadReleases(db: Db | Tx, ids: readonly string[]): Promise<LoadedReleases> {
  const releases = new Map<string, Released[]>();
  let waiting = [...new Set(ids)];
  let versions = 0;
  for (let level = 0; waiting.length > 0; level++) {
    if (level >= MOST_LEVELS || releases.size + waiting.length > MOST_LISTINGS || versions > MOST_VERSIONS) return { releases, complete: false };
    for (const id of waiting) releases.set(id, []);
    const rows = await readRows(db, waiting);
    versions += rows.length;
    const next = new Set<string>();
    for (const row of rows) {
      const requires = row.requires ?? {};
      releases.get(row.slug)?.push({ version: row.version, channel: row.channel as Released["channel"], yanked: row.yanked, requires, platforms: row.platforms, engine: row.engine });
      for (const id of Object.keys(requires)) if (!releases.has(id)) next.add(id);
    }
    waiting = [...next];
  }
  return { releases, complete: true };
}

async function readRows(db: Db | Tx, slugs: string[]): Promise<Row[]> {
  return await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT l."slug" AS slug, v."version" AS version, v."channel" AS channel, v."yankedAt" IS NOT NULL AS yanked,
      v."manifest"->'dependencies'->'listings' AS requires, v."manifest"->'platforms' AS platforms, v."manifest"->'engines'->>'kos' AS engine
    FROM "Listing" l JOIN "Version" v ON v."listingId" = l."id" JOIN "Publisher" p ON p."id" = l."publisherId"
    WHERE l."slug" = ANY(${slugs}) AND l."moderation" = 'none' AND p."suspendedAt" IS NULL AND v."deletedAt" IS NULL
    LIMIT ${MOST_VERSIONS + 1}`);
}

/** A manifest as resolving sees it; a service needs nothing and runs anywhere. */
export function releaseOf(manifest: Manifest | null, row: { version: string; channel: string; yanked: boolean }): Released {
  const plugin = manifest?.kind === "plugin" ? manifest : null;
  return { version: row.version, channel: row.channel as Released["channel"], yanked: row.yanked, requires: plugin?.dependencies.listings ?? {}, platforms: plugin?.platforms ?? null, engine: plugin?.engines?.kos ?? null };
}
