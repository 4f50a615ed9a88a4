import { processWide } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

const counts = (): Map<string, number> => processWide("download-counts", () => new Map<string, number>());
const FLUSH_MS = 3_000;

/** Counts one download of a version, in memory only: never a row lock on the way of a download. */
export function countDownload(versionId: string): void {
  const map = counts();
  map.set(versionId, (map.get(versionId) ?? 0) + 1);
}

/** Writes the counts of this process in one statement; a failed write keeps them for the next. */
export async function flushDownloads(deps: Pick<Deps, "db">): Promise<void> {
  const map = counts();
  if (map.size === 0) return;
  const batch = [...map];
  map.clear();
  try {
    await deps.db.$executeRaw`
      WITH batch AS (SELECT * FROM unnest(${batch.map(([id]) => id)}::uuid[], ${batch.map(([, count]) => count)}::int[]) AS b(id, n)),
      days AS (
        INSERT INTO "DownloadDay" ("versionId", "day", "count") SELECT id, (now() AT TIME ZONE 'utc')::date, n FROM batch
        ON CONFLICT ("versionId", "day") DO UPDATE SET "count" = "DownloadDay"."count" + excluded."count")
      UPDATE "Listing" l SET "downloads30d" = l."downloads30d" + s.n
      FROM (SELECT v."listingId" AS id, sum(b.n)::int AS n FROM batch b JOIN "Version" v ON v."id" = b.id GROUP BY 1) s WHERE l."id" = s.id`;
  } catch (error) {
    for (const [id, count] of batch) map.set(id, (map.get(id) ?? 0) + count);
    throw error;
  }
}

/** Lets days older than thirty go out of the listings' totals, which flushes only add to. Safe to repeat. */
export async function ageDownloads(deps: Pick<Deps, "db">): Promise<void> {
  await deps.db.$executeRaw`
    UPDATE "Listing" l SET "downloads30d" = s.n FROM (
      SELECT c."id" AS id, coalesce(sum(d."count"), 0)::int AS n FROM "Listing" c
      LEFT JOIN "Version" v ON v."listingId" = c."id"
      LEFT JOIN "DownloadDay" d ON d."versionId" = v."id" AND d."day" > (now() AT TIME ZONE 'utc')::date - 30
      WHERE c."downloads30d" > 0 GROUP BY 1) s
    WHERE l."id" = s.id AND l."downloads30d" <> s.n`;
}

/** Flushes every few seconds until `signal` aborts; what is counted after that is the caller's to flush. */
export function flushDownloadsRegularly(deps: Deps, signal: AbortSignal): void {
  const flush = () => flushDownloads(deps).catch((error: unknown) => deps.logger.warn({ err: error }, "download counts wait for the next flush"));
  const timer = setInterval(() => void flush(), FLUSH_MS);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}
