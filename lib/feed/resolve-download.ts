import { isCanonicalVersion } from "@kosmarket/kit";
import { takenDown, versionDeleted } from "#lib/catalog/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { processWide, within } from "#lib/platform/index.ts";
import { health, type Deps } from "#lib/runtime/index.ts";
import { artifactKey } from "#lib/storage/index.ts";
import { feedInMemory } from "./feed-memory.ts";

export interface Download {
  versionId: string;
  version: string;
  sha256: string;
  fileName: string;
  mediaType: string;
}

interface Cached {
  /** When it was asked for: what was true before that is not told any more. */
  at: number;
  found: Download | RegistryError;
}

interface UnderWay {
  since: number;
  found: Promise<Download | RegistryError>;
}

/** A takedown must reach every answer within 10 s. */
const FRESH_MS = 4_000;
/** For an answer that is not known at all; a third of it where the last one is at hand. */
const PATIENCE_MS = 4_500;
/** A look-up that has not come back for so long is nobody's to wait for: the next request starts another. */
const JOINED_MS = 1_500;
const LINK_SECONDS = 300;
const MAX_CACHED = 20_000;

/**
 * The version to download: the exact one, or the highest stable one that is not yanked. Returns the error to answer
 * with otherwise: 404 unknown, 410 removed or nothing installable, 451 quarantined. With the database down the last
 * known answer stands, unless the listing was taken down since.
 */
export async function resolveDownload(deps: Deps, id: string, version: string | null): Promise<Download | RegistryError> {
  if (version !== null && !isCanonicalVersion(version)) return new RegistryError("not-found", `Listing \`${id}\` has no such version: a version looks like 1.2.3.`);
  const cache = processWide("downloads", () => new Map<string, Cached>());
  const key = `${id}@${version ?? ""}`;
  const cached = cache.get(key);
  if (cached !== undefined && Date.now() - cached.at < FRESH_MS) return cached.found;
  if (cached !== undefined && !health().database) return lastKnown(id, cached);
  try {
    if (!health().database) throw new Error("the database does not answer");
    const { since, found: looking } = lookUpOnce(key, () => lookUp(deps, id, version));
    // A database that hangs must not hang downloads until its own timeouts end.
    const found = await within(cached === undefined ? PATIENCE_MS : PATIENCE_MS / 3, looking);
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, { at: since, found });
    return found;
  } catch (error) {
    if (cached === undefined) throw new RegistryError("unavailable", "The database does not answer; try again shortly.", { headers: { "retry-after": "5" } });
    deps.logger.warn({ err: error }, "answering a download from the last known state");
    return lastKnown(id, cached);
  }
}

/** One look-up for all who ask for the same: where an answer runs out, everybody who was being served asks at once. */
function lookUpOnce(key: string, look: () => Promise<Download | RegistryError>): UnderWay {
  const looking = processWide("downloads-looked-up", () => new Map<string, UnderWay>());
  const known = looking.get(key);
  if (known !== undefined && Date.now() - known.since < JOINED_MS) return known;
  const own: UnderWay = { since: Date.now(), found: look() };
  looking.set(key, own);
  const forget = () => looking.get(key) === own && looking.delete(key);
  void own.found.then(forget, forget);
  return own;
}

/** What was remembered before a takedown must not outlive it. */
function lastKnown(id: string, { found }: Cached): Download | RegistryError {
  if (found instanceof RegistryError || feedInMemory()?.withheld.has(id) !== true) return found;
  return new RegistryError("taken-down", `\`${id}\` was taken down.`);
}

async function lookUp(deps: Deps, id: string, version: string | null): Promise<Download | RegistryError> {
  const listing = await deps.db.listing.findUnique({ where: { slug: id }, include: { publisher: { select: { suspendedAt: true } } } });
  if (listing === null) return new RegistryError("not-found", `There is no listing \`${id}\`.`);
  const refusal = takenDown(listing);
  if (refusal !== null) return refusal;
  const wanted = version ?? listing.latestVersion;
  if (wanted === null) return new RegistryError("gone", `\`${id}\` has no version for new installs; name an exact version to get a yanked one.`);
  const row = await deps.db.version.findUnique({ where: { listingId_version: { listingId: listing.id, version: wanted } }, include: { artifact: true } });
  if (row?.deletedAt != null) return versionDeleted(id, row);
  if (row === null) return new RegistryError("not-found", `Listing \`${id}\` has no version \`${wanted}\`.`);
  return { versionId: row.id, version: row.version, sha256: row.artifactSha256, fileName: row.fileName, mediaType: row.artifact.mediaType };
}

/** A short-lived address of the bytes; one per version and minute, since signing costs. */
export async function downloadLink(deps: Deps, download: Download): Promise<string> {
  const links = processWide("download-links", () => new Map<string, { minute: number; url: Promise<string> }>());
  const minute = Math.floor(Date.now() / 60_000);
  const cached = links.get(download.versionId);
  if (cached !== undefined && cached.minute === minute) return await cached.url;
  if (links.size >= MAX_CACHED) links.clear();
  const url = deps.store.presignGet(artifactKey(download.sha256), { expiresInSeconds: LINK_SECONDS, fileName: download.fileName, contentType: download.mediaType });
  links.set(download.versionId, { minute, url });
  url.catch(() => links.delete(download.versionId));
  return await url;
}
