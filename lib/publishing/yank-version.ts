import { parseRequirement, satisfiesRequirement } from "@kosmarket/kit";
import { requireListing, requireMember, requireScope, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { catalogChangedJob, listDependents } from "#lib/catalog/index.ts";
import { countInDatabase, notFound } from "#lib/http/index.ts";
import type { Prisma, Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { requireUnmoderated } from "./life/change-listing.ts";
import { requireDeletable } from "./life/deletable.ts";
import { notAllowedNow } from "./life/errors.ts";
import { noticeEnd } from "./life/notice.ts";
import { requireVersionSuccessor } from "./life/successor.ts";
import { refreshLatest } from "./publish-version.ts";

/** Listings that need one, as far as they are looked through before it is taken back. */
const MOST_DEPENDENTS = 10_000;

export interface FlagInput {
  principal: Principal;
  id: string;
  version: string;
  reason: string;
}

/** Marks a version as not for new installs; pinned ones still resolve. Yanking twice keeps the first reason. */
export function yankVersion(deps: Deps, input: FlagInput): Promise<void> {
  return changeVersion(deps, input, "catalog:version:yank", async (tx, { id }) => {
    await tx.version.updateMany({ where: { id, yankedAt: null }, data: { yankedAt: deps.now(), yankReason: input.reason } });
  });
}

/** Takes a yank back; the bytes were the same all along. */
export function unyankVersion(deps: Deps, input: FlagInput): Promise<void> {
  return changeVersion(deps, input, "catalog:version:unyank", async (tx, { id }) => {
    await tx.version.update({ where: { id }, data: { yankedAt: null, yankReason: null } });
  });
}

/**
 * Says that a version should no longer be used, what replaces it (another version of the listing, or another listing)
 * and until when it is kept, 90 days at least; it stays installable. Throws `invalid-input` for a successor that does
 * not stand itself.
 */
export function deprecateVersion(deps: Deps, input: FlagInput & { successor: string | null; until?: string | null }): Promise<void> {
  const until = noticeEnd(deps.now(), input.until ?? null);
  return changeVersion(deps, { ...input, told: { successor: input.successor, until: until.toISOString() } }, "catalog:version:deprecate", async (tx, { id, listing }) => {
    if (input.successor !== null) await requireVersionSuccessor(tx, listing, input.version, input.successor);
    await tx.version.update({ where: { id }, data: { deprecatedAt: deps.now(), deprecationReason: input.reason, successor: input.successor, deprecationEndsAt: until } });
  });
}

/** Takes a deprecation back. */
export function undeprecateVersion(deps: Deps, input: FlagInput): Promise<void> {
  return changeVersion(deps, input, "catalog:version:undeprecate", async (tx, { id, deprecatedAt }) => {
    if (deprecatedAt === null) throw notAllowedNow(`\`${input.id}\` ${input.version} is not deprecated.`);
    await tx.version.update({ where: { id }, data: { deprecatedAt: null, deprecationReason: null, successor: null, deprecationEndsAt: null } });
  });
}

/**
 * Takes a version back for good, within 72 hours of its publication and while no other listing needs it: its bytes are
 * given out no more, and its number is never used again. Throws `move-not-allowed` otherwise.
 */
export function deleteVersion(deps: Deps, input: FlagInput): Promise<void> {
  return changeVersion(deps, input, "catalog:version:delete", async (tx, row) => {
    const needing = (await listDependents(tx, input.id, MOST_DEPENDENTS)).filter(({ range }) => {
      const requirement = parseRequirement(range);
      return requirement !== null && satisfiesRequirement(requirement, { version: row.version, channel: row.channel as "stable", yanked: row.yankedAt !== null });
    });
    requireDeletable({ what: `\`${input.id}\` ${input.version}`, publishedAt: row.publishedAt, now: deps.now(), dependents: needing.length });
    await tx.version.update({ where: { id: row.id }, data: { deletedAt: deps.now(), yankedAt: row.yankedAt ?? deps.now(), yankReason: input.reason } });
  });
}

type VersionRow = Prisma.VersionGetPayload<{ include: { listing: { include: { publisher: true } } } }>;
type VersionEvent = "catalog:version:yank" | "catalog:version:unyank" | "catalog:version:deprecate" | "catalog:version:undeprecate" | "catalog:version:delete";

/** A deleted version stays as it is, and so does everything of a listing that a moderator took down. */
async function changeVersion(deps: Deps, input: FlagInput & { told?: Prisma.InputJsonObject }, name: VersionEvent, change: (tx: Tx, row: VersionRow) => Promise<void>): Promise<void> {
  requireScope(input.principal, "yank");
  await deps.db.$transaction(async (tx) => {
    const found = await tx.listing.findUnique({ where: { slug: input.id }, select: { id: true } });
    if (found !== null) await tx.$queryRaw`SELECT 1 FROM "Listing" WHERE "id" = ${found.id}::uuid FOR UPDATE`;
    const version = await tx.version.findFirst({ where: { version: input.version, listing: { slug: input.id } }, include: { listing: { include: { publisher: true } } } });
    if (version === null) throw notFound(`Listing \`${input.id}\` version \`${input.version}\``);
    const publisher = await requireMember(tx, input.principal, version.listing.publisher.slug, "yank");
    requireListing(input.principal, input.id);
    requireUnmoderated(version.listing);
    if (version.deletedAt !== null) throw notAllowedNow(`\`${input.id}\` ${input.version} was deleted, for good.`);
    await countInDatabase(tx, "yank", `publisher:${publisher.id}`);
    await change(tx, version);
    await refreshLatest(tx, version.listingId);
    const event = await recordEvent(tx, { name, subject: `listing:${input.id}`, actorId: input.principal.userId, data: { version: input.version, reason: input.reason, ...input.told } });
    await recordLeaf(tx, `event:${event}`, input.principal.userId);
    await deps.queue.enqueue(tx, catalogChangedJob, {});
  });
}
