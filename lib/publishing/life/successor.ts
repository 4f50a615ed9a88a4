import { isCanonicalVersion } from "@kosmarket/kit";
import type { Tx } from "#lib/platform/index.ts";
import { wrongField } from "./errors.ts";

/** A chain of successors that is longer leads nowhere that a person would follow. */
const LONGEST_CHAIN = 20;

/**
 * Requires that what replaces a listing exists, can be installed and is not deprecated itself, unless its own successors
 * lead, without coming back here, to one that is not.
 */
export async function requireListingSuccessor(tx: Tx, id: string, successor: string): Promise<void> {
  if (successor === id) throw wrongField("/successor", `\`${id}\` cannot replace itself.`);
  const row = await tx.listing.findUnique({ where: { slug: successor }, select: { deprecatedAt: true, latestVersion: true, moderation: true, publisher: { select: { suspendedAt: true } } } });
  if (row === null || row.moderation !== "none" || row.publisher.suspendedAt !== null || row.latestVersion === null) throw wrongField("/successor", `There is no listing \`${successor}\` that could be installed instead.`);
  if (row.deprecatedAt !== null) throw wrongField("/successor", `\`${successor}\` is deprecated itself; name ${(await followChain(tx, id, successor)) ?? "one that is not"}.`);
}

/** What a deprecated listing's successors end in; null where they end nowhere or come back. */
async function followChain(tx: Tx, id: string, from: string): Promise<string | null> {
  const seen = new Set([id]);
  for (let at = from, step = 0; step < LONGEST_CHAIN && !seen.has(at); step++) {
    seen.add(at);
    const row = await tx.listing.findUnique({ where: { slug: at }, select: { deprecatedAt: true, successor: true } });
    if (row === null) return null;
    if (row.deprecatedAt === null) return `\`${at}\``;
    if (row.successor === null) return null;
    at = row.successor;
  }
  return null;
}

/** Requires that what replaces a version is another version of its listing that still stands, or another listing that does. */
export async function requireVersionSuccessor(tx: Tx, listing: { id: string; slug: string }, version: string, successor: string): Promise<void> {
  if (!isCanonicalVersion(successor)) return await requireListingSuccessor(tx, listing.slug, successor);
  if (successor === version) throw wrongField("/successor", `The version ${version} cannot replace itself.`);
  const row = await tx.version.findUnique({ where: { listingId_version: { listingId: listing.id, version: successor } }, select: { yankedAt: true, deprecatedAt: true } });
  if (row === null) throw wrongField("/successor", `\`${listing.slug}\` has no version ${successor}.`);
  if (row.yankedAt !== null || row.deprecatedAt !== null) throw wrongField("/successor", `The version ${successor} is ${row.yankedAt !== null ? "yanked" : "deprecated"} itself.`);
}
