import { compareVersions, idSkeleton } from "@kosmarket/kit";
import type { Tx } from "#lib/platform/index.ts";
import { OPEN_STATES } from "#lib/submissions/index.ts";
import { idTaken, packageInvalid, versionExists, versionTooLow } from "./errors.ts";

interface Candidate {
  id: string;
  kind: string;
  version: string;
  channel: string;
  publisherId: string;
}

/**
 * Holds the id, kind and version against what is published and what is open. Throws `id-taken` (409) for another
 * publisher's or a look-alike id, `version-exists` (409), `package-invalid` (422) for a kind that changed or a
 * version that is not higher in its channel.
 */
export async function requireFreeNames(tx: Tx, candidate: Candidate): Promise<void> {
  const skeleton = idSkeleton(candidate.id);
  const listing = await tx.listing.findUnique({ where: { skeleton }, include: { publisher: true } });
  if (listing !== null) {
    if (listing.slug !== candidate.id) throw idTaken(`\`${candidate.id}\` can be mistaken for \`${listing.slug}\`, which exists; choose another id.`);
    if (listing.publisherId !== candidate.publisherId) throw idTaken(`\`${candidate.id}\` belongs to the publisher \`${listing.publisher.slug}\`.`);
    if (listing.deletedAt !== null) throw idTaken(`\`${candidate.id}\` was deleted by its publisher; an id is never given again.`);
    if (listing.kind !== candidate.kind) throw packageInvalid([kindChanged(candidate, listing.kind)]);
    await requireHigherVersion(tx, listing.id, candidate);
    return;
  }
  const open = await tx.submission.findMany({ where: { skeleton, state: { in: [...OPEN_STATES] } } });
  if (open.some((row) => row.publisherId !== candidate.publisherId)) throw idTaken(`\`${candidate.id}\` is being submitted by another publisher at this moment.`);
  const own = open.find((row) => row.listingSlug !== candidate.id);
  if (own !== undefined) throw idTaken(`\`${candidate.id}\` can be mistaken for \`${own.listingSlug}\`, which you are submitting at this moment.`);
  const other = open.find((row) => row.kind !== candidate.kind);
  if (other !== undefined) throw packageInvalid([kindChanged(candidate, other.kind)]);
}

async function requireHigherVersion(tx: Tx, listingId: string, candidate: Candidate): Promise<void> {
  const versions = await tx.version.findMany({ where: { listingId, channel: candidate.channel }, select: { version: true } });
  if (versions.some((row) => row.version === candidate.version)) throw versionExists(candidate.id, candidate.version);
  const highest = versions.map((row) => row.version).sort(compareVersions).at(-1);
  if (highest !== undefined && compareVersions(candidate.version, highest) <= 0) throw packageInvalid([versionTooLow(candidate.version, highest, candidate.channel)]);
}

function kindChanged(candidate: Candidate, kind: string) {
  return {
    code: "manifest.kind-changed",
    severity: "B" as const,
    check: "manifest",
    file: null,
    line: null,
    column: null,
    pointer: null,
    detail: `\`${candidate.id}\` is a ${kind}; a listing never changes its kind.`,
    suggestion: "Publish it under another id.",
  };
}
