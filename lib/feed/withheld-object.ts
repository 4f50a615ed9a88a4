import { processWide, within } from "#lib/platform/index.ts";
import { health, type Deps } from "#lib/runtime/index.ts";

const ARTIFACT = /^\/_objects\/artifacts\/sha256\/[0-9a-f]{2}\/[0-9a-f]{2}\/([0-9a-f]{64})$/;
const FRESH_MS = 4_000;
/** A database that hangs must not hang downloads. */
const PATIENCE_MS = 1_500;
const MAX_CACHED = 20_000;

/**
 * Whether an address of the embedded store names an artifact that only listings hold which were taken down, or versions that were deleted: links given
 * out before that live for minutes. With the database away the last known answer stands.
 */
export async function isWithheldObject(deps: Deps, pathname: string): Promise<boolean> {
  const sha256 = ARTIFACT.exec(pathname)?.[1];
  if (sha256 === undefined) return false;
  const cache = processWide("withheld-objects", () => new Map<string, { at: number; withheld: boolean }>());
  const cached = cache.get(sha256);
  if (cached !== undefined && (Date.now() - cached.at < FRESH_MS || !health().database)) return cached.withheld;
  if (!health().database) return false;
  try {
    const withheld = await within(PATIENCE_MS, lookUp(deps, sha256));
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(sha256, { at: Date.now(), withheld });
    return withheld;
  } catch (error) {
    deps.logger.warn({ err: error }, "whether an artifact is withheld is not known");
    return cached?.withheld ?? false;
  }
}

/** Bytes that no version holds belong to a submission, and are nobody's but its readers'. */
async function lookUp(deps: Deps, sha256: string): Promise<boolean> {
  const rows = await deps.db.version.findMany({ where: { artifactSha256: sha256 }, select: { deletedAt: true, listing: { select: { moderation: true, publisher: { select: { suspendedAt: true } } } } } });
  return rows.length > 0 && rows.every(({ deletedAt, listing }) => deletedAt !== null || listing.moderation !== "none" || listing.publisher.suspendedAt !== null);
}
