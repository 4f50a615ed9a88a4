import { createHash } from "node:crypto";
import { compareVersions, isReadByGnupg, type Manifest } from "@kosmarket/kit";
import type { PackageIcon } from "@kosmarket/inspect";
import { recordEvent } from "#lib/audit/index.ts";
import { catalogChangedJob, classesOf, versionSortKey } from "#lib/catalog/index.ts";
import { MAX_PACKAGE_BYTES } from "#lib/http/index.ts";
import { newId, type Prisma, type Tx } from "#lib/platform/index.ts";
import { notifyPublisher } from "#lib/review/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { artifactKey, iconKey } from "#lib/storage/index.ts";
import { moveSubmission } from "#lib/submissions/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { registrySigner } from "#lib/trust/index.ts";

type SubmissionRow = Prisma.SubmissionGetPayload<{ include: { publisher: true; decisions: true } }>;
interface Signature {
  /** OpenPGP's, as the feed has it. */
  signature: string;
  /** The publisher's own, where `signature` is the registry's all the same. */
  publisherSignature: string | null;
  signer: "publisher" | "registry";
  signerFingerprint: string;
}

/**
 * Carries out an approval exactly once: listing and version rows, the state, the record, the mail and the feed's
 * rebuild are one transaction. A second run finds the submission published and does nothing.
 */
export async function publishVersion(deps: Deps, input: { submissionId: string }): Promise<void> {
  const submission = await deps.db.submission.findUnique({ where: { id: input.submissionId }, include: { publisher: true, decisions: true } });
  if (submission === null || submission.state !== "approved") return;
  const signature = await signatureOf(deps, submission);
  const icon = await storeIcon(deps, submission);
  await deps.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Submission" WHERE "id" = ${submission.id}::uuid FOR UPDATE`;
    const current = await tx.submission.findUniqueOrThrow({ where: { id: submission.id } });
    if (current.state !== "approved") return;
    const now = deps.now();
    const listingId = await upsertListing(tx, submission, signature, icon, now);
    const versionId = await createVersion(tx, submission, listingId, signature, now);
    await refreshLatest(tx, listingId);
    await moveSubmission(tx, { id: submission.id, to: "published", by: "system", actorId: null, now });
    await recordEvent(tx, { name: "catalog:version:publish", subject: `listing:${submission.listingSlug}`, actorId: null, data: { version: submission.version, sha256: submission.artifactSha256, signer: signature.signer } });
    await recordLeaf(tx, `version:${versionId}`, null);
    await notifyPublisher(tx, deps, submission.id, { event: "published", by: "", reason: null });
    await deps.queue.enqueue(tx, catalogChangedJob, {});
  });
}

/** The publisher's signature where every GnuPG reads it; otherwise the registry's own over the same bytes, beside the publisher's if one came. */
async function signatureOf(deps: Deps, submission: SubmissionRow): Promise<Signature> {
  const { signature: own, signerFingerprint } = submission;
  if (own !== null && signerFingerprint !== null && isReadByGnupg(own)) return { signature: own, publisherSignature: null, signer: "publisher", signerFingerprint };
  const bytes = await deps.store.getBytes(artifactKey(submission.artifactSha256), MAX_PACKAGE_BYTES);
  if (bytes === null) throw new Error(`the bytes of submission ${submission.id} are not in the store`);
  const signer = await registrySigner(deps.config);
  const signature = await signer.sign(bytes);
  if (own !== null && signerFingerprint !== null) return { signature, publisherSignature: own, signer: "publisher", signerFingerprint };
  return { signature, publisherSignature: null, signer: "registry", signerFingerprint: signer.fingerprint };
}

async function storeIcon(deps: Deps, submission: SubmissionRow): Promise<string | null> {
  const icon = submission.icon as PackageIcon | null;
  if (icon === null) return null;
  const bytes = icon.svg === null ? Buffer.from(icon.base64 ?? "", "base64") : Buffer.from(icon.svg, "utf8");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await deps.store.put(iconKey(sha256), bytes, { sha256, contentType: icon.mediaType, ifAbsent: true });
  return sha256;
}

async function upsertListing(tx: Tx, submission: SubmissionRow, signature: Signature, iconSha256: string | null, now: Date): Promise<string> {
  const facts = { ...describe(submission), signer: signature.signer, iconSha256, updatedAt: now };
  const existing = await tx.listing.findUnique({ where: { slug: submission.listingSlug } });
  if (existing === null) {
    const row = await tx.listing.create({ data: { id: newId(), slug: submission.listingSlug, skeleton: submission.skeleton, kind: submission.kind, publisherId: submission.publisherId, createdAt: now, communityMaintained: submission.publisher.bootstrap && submission.kind === "service", ...facts } });
    await recordEvent(tx, { name: "catalog:listing:create", subject: `listing:${submission.listingSlug}`, actorId: submission.submittedById, data: { publisher: submission.publisher.slug } });
    await recordLeaf(tx, `listing:${row.id}`, submission.submittedById);
    return row.id;
  }
  if (existing.publisherId !== submission.publisherId) throw new Error(`listing ${existing.slug} was handed over after submission ${submission.id} was approved`);
  // A prerelease, or a fix to an older line, must not replace the texts of the version that visitors install.
  const isLatest = submission.channel === "stable" && (existing.latestVersion === null || compareVersions(submission.version, existing.latestVersion) > 0);
  await tx.listing.update({ where: { id: existing.id }, data: isLatest ? facts : { updatedAt: now } });
  return existing.id;
}

/** What a listing shows, out of the manifest. */
function describe(submission: SubmissionRow) {
  const manifest = submission.manifest as unknown as Manifest;
  return {
    type: manifest.type,
    name: manifest.name,
    summary: firstSentence(manifest.description ?? ""),
    description: manifest.description ?? null,
    readme: submission.readme,
    license: manifest.license ?? null,
    homepage: manifest.homepage ?? null,
    repository: manifest.kind === "plugin" ? (manifest.repository ?? null) : null,
    docs: manifest.kind === "service" ? [manifest.docs ?? []].flat() : [],
    tags: manifest.tags ?? [],
    capabilities: manifest.capabilities ?? [],
    classes: classesOf(manifest.capabilities ?? []),
    permissions: submission.permissions,
    requestedTrust: manifest.trust_level ?? "unverified",
  };
}

function firstSentence(text: string): string {
  const line = text.trim().split("\n")[0] ?? "";
  return line.length <= 200 ? line : `${line.slice(0, 199).trimEnd()}…`;
}

async function createVersion(tx: Tx, submission: SubmissionRow, listingId: string, signature: Signature, now: Date): Promise<string> {
  const id = newId();
  await tx.version.create({
    data: {
      id,
      listingId,
      version: submission.version,
      sortKey: versionSortKey(submission.version),
      channel: submission.channel,
      manifest: submission.manifest as Prisma.InputJsonValue,
      manifestText: submission.manifestText,
      permissions: submission.permissions,
      permissionHash: submission.permissionHash,
      files: submission.files as Prisma.InputJsonValue,
      artifactSha256: submission.artifactSha256,
      fileName: submission.fileName,
      ...signature,
      submissionId: submission.id,
      publishedAt: now,
    },
  });
  return id;
}

/** Points the listing at its highest stable version that is not yanked; none when there is none. */
export async function refreshLatest(tx: Tx, listingId: string): Promise<void> {
  const latest = await tx.version.findFirst({ where: { listingId, channel: "stable", yankedAt: null }, orderBy: { sortKey: "desc" }, select: { version: true } });
  await tx.listing.update({ where: { id: listingId }, data: { latestVersion: latest?.version ?? null } });
}
