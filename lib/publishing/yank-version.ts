import { requireListing, requireMember, requireScope, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { catalogChangedJob } from "#lib/catalog/index.ts";
import { countInDatabase, notFound } from "#lib/http/index.ts";
import type { Prisma, Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { refreshLatest } from "./publish-version.ts";

export interface FlagInput {
  principal: Principal;
  id: string;
  version: string;
  reason: string;
}

/** Marks a version as not for new installs; pinned ones still resolve. Yanking twice keeps the first reason. */
export function yankVersion(deps: Deps, input: FlagInput): Promise<void> {
  return changeVersion(deps, input, "catalog:version:yank", async (tx, versionId) => {
    await tx.version.updateMany({ where: { id: versionId, yankedAt: null }, data: { yankedAt: deps.now(), yankReason: input.reason } });
  });
}

/** Takes a yank back; the bytes were the same all along. */
export function unyankVersion(deps: Deps, input: FlagInput): Promise<void> {
  return changeVersion(deps, input, "catalog:version:unyank", async (tx, versionId) => {
    await tx.version.update({ where: { id: versionId }, data: { yankedAt: null, yankReason: null } });
  });
}

/** Says that a version should no longer be used, and what replaces it; it stays installable. */
export function deprecateVersion(deps: Deps, input: FlagInput & { successor: string | null }): Promise<void> {
  return changeVersion(deps, { ...input, told: { successor: input.successor } }, "catalog:version:deprecate", async (tx, versionId) => {
    await tx.version.update({ where: { id: versionId }, data: { deprecatedAt: deps.now(), deprecationReason: input.reason, successor: input.successor } });
  });
}

async function changeVersion(deps: Deps, input: FlagInput & { told?: Prisma.InputJsonObject }, name: "catalog:version:yank" | "catalog:version:unyank" | "catalog:version:deprecate", change: (tx: Tx, versionId: string) => Promise<void>): Promise<void> {
  requireScope(input.principal, "yank");
  await deps.db.$transaction(async (tx) => {
    const version = await tx.version.findFirst({ where: { version: input.version, listing: { slug: input.id } }, include: { listing: { include: { publisher: true } } } });
    if (version === null) throw notFound(`Listing \`${input.id}\` version \`${input.version}\``);
    const publisher = await requireMember(tx, input.principal, version.listing.publisher.slug, "yank");
    requireListing(input.principal, input.id);
    await countInDatabase(tx, "yank", `publisher:${publisher.id}`);
    await tx.$queryRaw`SELECT 1 FROM "Listing" WHERE "id" = ${version.listingId}::uuid FOR UPDATE`;
    await change(tx, version.id);
    await refreshLatest(tx, version.listingId);
    const event = await recordEvent(tx, { name, subject: `listing:${input.id}`, actorId: input.principal.userId, data: { version: input.version, reason: input.reason, ...input.told } });
    await recordLeaf(tx, `event:${event}`, input.principal.userId);
    await deps.queue.enqueue(tx, catalogChangedJob, {});
  });
}
