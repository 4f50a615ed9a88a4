import { notFound, RegistryError } from "#lib/http/index.ts";
import type { Db } from "#lib/platform/index.ts";

/** What decides whether anything of a listing is given out. */
interface Standing {
  slug: string;
  moderation: string;
  moderationReason: string | null;
  publisher: { suspendedAt: Date | null };
}

/** What is told of a version that its publisher deleted: that it was, when and why. */
export function versionDeleted(slug: string, row: { version: string; deletedAt: Date | null; yankReason: string | null; publishedAt: Date; artifactSha256: string }): RegistryError {
  const day = row.deletedAt?.toISOString().slice(0, 10) ?? "";
  const members = { listing: slug, version: row.version, publishedAt: row.publishedAt.toISOString(), deletedAt: row.deletedAt?.toISOString() ?? null, checksum: `sha256:${row.artifactSha256}` };
  return new RegistryError("gone", `\`${slug}\` ${row.version} was deleted by its publisher on ${day}: ${row.yankReason ?? "no reason recorded"}`, { members });
}

/** Why nothing of a listing is given out, as every answer says it: 410 removed, 451 quarantined or its publisher suspended. Null where it is. */
export function takenDown({ slug, moderation, moderationReason, publisher }: Standing): RegistryError | null {
  if (moderation === "removed") return new RegistryError("gone", `\`${slug}\` was removed: ${moderationReason ?? "no reason recorded"}`);
  const reason = moderation === "quarantined" ? (moderationReason ?? "no reason recorded") : publisher.suspendedAt === null ? null : "its publisher is suspended";
  return reason === null ? null : new RegistryError("taken-down", `\`${slug}\` is quarantined: ${reason}.`);
}

/** Throws `not-found`, `gone` or `taken-down` unless the listing's versions, signatures and icon may be given out. */
export async function requireServed(deps: { db: Db }, slug: string): Promise<void> {
  const row = await deps.db.listing.findUnique({ where: { slug }, select: { slug: true, moderation: true, moderationReason: true, publisher: { select: { suspendedAt: true } } } });
  if (row === null) throw notFound(`Listing \`${slug}\``);
  const refusal = takenDown(row);
  if (refusal !== null) throw refusal;
}
