import { compareVersions, editDistance } from "@kosmarket/kit";
import type { ProblemView } from "#lib/http/schema.ts";
import type { Db } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { verifyPublisherSignature } from "#lib/trust/index.ts";
import { versionTooLow } from "./errors.ts";

export interface RegistryOutcome {
  checkId: "signature" | "version-order" | "similar-name";
  lookedAt: string;
  findings: ProblemView[];
}

interface Checked {
  listingSlug: string;
  version: string;
  channel: string;
  publisherId: string;
  artifactSha256: string;
  signature: string | null;
  submittedAt: Date;
}

/** Ids this close to a published one go to a person; equal look-alike forms were refused before. */
const SIMILAR_DISTANCE = 1;

/** The checks that need the registry: the signature over the stored bytes, the version's order, similar names. */
export async function runRegistryChecks(deps: Deps, submission: Checked, path: string): Promise<RegistryOutcome[]> {
  return [await checkSignature(deps, submission, path), await checkVersionOrder(deps.db, submission), await checkSimilarNames(deps.db, submission)];
}

async function checkSignature(deps: Deps, submission: Checked, path: string): Promise<RegistryOutcome> {
  if (submission.signature === null) return { checkId: "signature", lookedAt: "No publisher's signature came with the upload; the registry signs it instead.", findings: [finding("signature.absent", "W", "signature", "The upload is not signed by its publisher.", "Sign it with `kos sign` or `gpg --detach-sign --armor`, so that hosts can tell that it came from you.")] };
  const verdict = await verifyPublisherSignature(deps.db, { publisherId: submission.publisherId, path, sha256: submission.artifactSha256, signature: submission.signature, receivedAt: submission.submittedAt });
  const lookedAt = "The detached signature over the stored bytes, with the publisher's keys at the time of receipt.";
  return { checkId: "signature", lookedAt, findings: verdict.ok ? [] : verdict.problems };
}

async function checkVersionOrder(db: Db, submission: Checked): Promise<RegistryOutcome> {
  const rows = await db.version.findMany({ where: { listing: { slug: submission.listingSlug }, channel: submission.channel }, select: { version: true } });
  const highest = rows.map((row) => row.version).sort(compareVersions).at(-1);
  const lookedAt = highest === undefined ? `No version is published in the channel ${submission.channel} yet.` : `${submission.version} against ${highest}, the highest in the channel ${submission.channel}.`;
  const tooLow = highest !== undefined && compareVersions(submission.version, highest) <= 0;
  return { checkId: "version-order", lookedAt, findings: tooLow ? [versionTooLow(submission.version, highest, submission.channel)] : [] };
}

async function checkSimilarNames(db: Db, submission: Checked): Promise<RegistryOutcome> {
  const near = await db.$queryRaw<{ slug: string }[]>`
    SELECT "slug" FROM "Listing" WHERE "slug" <> ${submission.listingSlug} AND "publisherId" <> ${submission.publisherId}::uuid AND "slug" % ${submission.listingSlug} ORDER BY "slug" <-> ${submission.listingSlug} LIMIT 20`;
  const similar = near.filter((row) => row.slug.length > 3 && editDistance(row.slug, submission.listingSlug) <= SIMILAR_DISTANCE);
  const findings = similar.map((row) => finding("id.similar", "H", "similar-name", `The id \`${submission.listingSlug}\` differs from the existing \`${row.slug}\` by one character.`, "A reviewer decides whether the two can be mistaken for each other."));
  return { checkId: "similar-name", lookedAt: "The id against every published id.", findings };
}

function finding(code: string, severity: ProblemView["severity"], check: string, detail: string, suggestion: string): ProblemView {
  return { code, severity, check, file: null, line: null, column: null, pointer: null, detail, suggestion };
}
