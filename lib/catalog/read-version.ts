import { isSshSignature } from "@kosmarket/kit";
import type { Prisma } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { Provenance } from "#lib/provenance/schema.ts";
import { findVersionRecords } from "#lib/transparency/index.ts";
import { isCompromisedAt, provenNames } from "#lib/trust/index.ts";
import { buildLadder } from "./build-ladder.ts";
import { WorkflowIdentity } from "#lib/accounts/schema.ts";
import { versionDeleted } from "./taken-down.ts";
import type { VersionDetailView, VersionSummaryView } from "./schema.ts";

type VersionRow = Prisma.VersionGetPayload<{ include: { artifact: true; downloads: true } }>;

/** Where the bytes of a version are: names the version, so that a cached answer still matches its checksum. */
export function downloadUrl(publicUrl: string, id: string, version: string): string {
  return `${publicUrl}/api/service/${id}/download?version=${encodeURIComponent(version)}`;
}

export function versionSummary(row: VersionRow, id: string, publicUrl: string): VersionSummaryView {
  return {
    version: row.version,
    channel: row.channel as VersionSummaryView["channel"],
    publishedAt: row.publishedAt.toISOString(),
    checksum: `sha256:${row.artifactSha256}`,
    size: row.artifact.size,
    fileName: row.fileName,
    signer: row.signer as VersionSummaryView["signer"],
    fingerprint: row.signerFingerprint,
    permissions: row.permissions,
    yanked: row.yankedAt === null ? null : { at: row.yankedAt.toISOString(), reason: row.yankReason ?? "" },
    deprecated: row.deprecatedAt === null ? null : { at: row.deprecatedAt.toISOString(), reason: row.deprecationReason ?? "", successor: row.successor, until: row.deprecationEndsAt?.toISOString() ?? null },
    deleted: row.deletedAt === null ? null : { at: row.deletedAt.toISOString(), reason: row.yankReason ?? "" },
    downloads: row.downloads.reduce((sum, entry) => sum + entry.count, 0),
    url: downloadUrl(publicUrl, id, row.version),
  };
}

/** One published version with manifest, files, signature and ladder; null when there is none. Throws `gone` for one that was deleted. */
export async function readVersion(deps: Pick<Deps, "db" | "config">, id: string, version: string): Promise<VersionDetailView | null> {
  const row = await deps.db.version.findFirst({
    where: { version, listing: { slug: id } },
    include: { artifact: true, downloads: true, listing: { include: { publisher: true } }, submission: { include: { publisher: true, decisions: { where: { decision: "approve" } }, checks: true } } },
  });
  if (row === null) return null;
  if (row.deletedAt !== null) throw versionDeleted(id, row);
  const decision = row.submission.decisions[0];
  const key = row.signer === "publisher" ? await deps.db.signingKey.findFirst({ where: { fingerprint: row.signerFingerprint } }) : null;
  const record = (await findVersionRecords(deps, [row.id])).get(row.id);
  // A listing may have changed hands since: who signed a version stays who submitted it.
  const publisherUrl = `${deps.config.publicUrl}/api/v1/publishers/${row.submission.publisher.slug}`;
  const keysUrl = row.signer === "publisher" && row.publisherSignature === null ? `${publisherUrl}/keys.asc` : `${deps.config.publicUrl}/api/v1/registry/keys.asc`;
  const publisherSignature = describeOwn(row.publisherSignature, `${deps.config.publicUrl}/api/v1/listings/${id}/versions/${version}/publisher-signature`, publisherUrl);
  const summary = versionSummary(row, id, deps.config.publicUrl);
  const workflow = row.submission.workflow === null ? null : WorkflowIdentity.parse(row.submission.workflow);
  const provenance = row.submission.provenance === null ? null : { ...Provenance.parse(row.submission.provenance), attestationUrl: `${deps.config.publicUrl}/api/v1/listings/${id}/versions/${version}/attestation.json` };
  const findings = row.submission.checks.reduce((sum, check) => sum + (check.findings as unknown[]).length, 0);
  return {
    ...summary,
    listing: id,
    kind: row.listing.kind as VersionDetailView["kind"],
    signature: row.signature,
    keysUrl,
    publisherSignature,
    trust: { requested: row.listing.requestedTrust, effective: row.listing.effectiveTrust } as VersionDetailView["trust"],
    manifest: row.manifest,
    manifestText: row.manifestText,
    files: row.files as VersionDetailView["files"],
    workflow,
    provenance,
    ladder: buildLadder({
      id,
      workflow,
      provenance,
      version,
      checksum: summary.checksum,
      size: summary.size,
      fileName: row.fileName,
      url: summary.url,
      keysUrl,
      signatureUrl: `${deps.config.publicUrl}/api/v1/listings/${id}/versions/${version}/signature.asc`,
      signer: summary.signer,
      fingerprint: row.signerFingerprint,
      author: row.submission.publisher.name,
      authorSlug: row.submission.publisher.slug,
      publisherSignature,
      publisher: row.listing.publisher.name,
      names: await provenNames(deps.db, row.listing.publisherId),
      keyAddedAt: key?.addedAt ?? null,
      keyCompromised: key !== null && isCompromisedAt(key, row.submission.submittedAt),
      submittedAt: row.submission.submittedAt,
      publishedAt: row.publishedAt,
      record: record === undefined ? null : { seq: record.seq, hash: record.hash, proofUrl: `${deps.config.publicUrl}/api/v1/log/proofs/inclusion?seq=${record.seq}` },
      review: decision === undefined ? null : { decider: decision.deciderName, decidedAt: decision.decidedAt, policy: decision.policy, policyRevision: decision.policyRevision, note: decision.note, byPerson: decision.policy !== "bootstrap", reason: decision.reason, findings },
    }),
    review:
      decision === undefined
        ? null
        : { decision: "approve", decidedAt: decision.decidedAt.toISOString(), policy: decision.policy, policyRevision: decision.policyRevision, decider: decision.deciderName, note: decision.note ?? "" },
  };
}

function describeOwn(signature: string | null, url: string, publisherUrl: string): VersionDetailView["publisherSignature"] {
  if (signature === null) return null;
  return isSshSignature(signature) ? { format: "ssh", signature, url, keysUrl: `${publisherUrl}/allowed_signers` } : { format: "openpgp", signature, url, keysUrl: `${publisherUrl}/keys.asc` };
}

/** The versions of a listing, highest first; null when there is no such listing. */
export async function readVersions(deps: Pick<Deps, "db" | "config">, id: string): Promise<VersionSummaryView[] | null> {
  const listing = await deps.db.listing.findUnique({ where: { slug: id }, include: { versions: { orderBy: { sortKey: "desc" }, include: { artifact: true, downloads: true } } } });
  return listing === null ? null : listing.versions.map((row) => versionSummary(row, id, deps.config.publicUrl));
}

/** The attestation of a version's build, as it came; null where none did. Throws `gone` for a version that was deleted. */
export async function readAttestation(deps: Pick<Deps, "db">, id: string, version: string): Promise<string | null> {
  const row = await deps.db.version.findFirst({ where: { version, listing: { slug: id } }, include: { submission: { select: { attestation: true } } } });
  if (row !== null && row.deletedAt !== null) throw versionDeleted(id, row);
  return row?.submission.attestation ?? null;
}
