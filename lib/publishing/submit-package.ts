import { createHash } from "node:crypto";
import { channelOf, idSkeleton, type Manifest } from "@kosmarket/kit";
import type { PackageReport } from "@kosmarket/inspect";
import { requireListing, requireMember, requireScope, type Principal, type PublisherRow } from "#lib/accounts/index.ts";
import { inspectUpload, storeArtifact, type UploadPart } from "#lib/artifacts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { countInDatabase, RegistryError } from "#lib/http/index.ts";
import { isUniqueViolation, newId, Prisma, type Tx } from "#lib/platform/index.ts";
import { verifyAttestation } from "#lib/provenance/index.ts";
import type { ProvenanceView } from "#lib/provenance/schema.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { artifactKey } from "#lib/storage/index.ts";
import { checkSubmissionJob, moveSubmission, OPEN_STATES } from "#lib/submissions/index.ts";
import { signatureInvalid, verifyPublisherSignature } from "#lib/trust/index.ts";
import { requireFreeNames } from "./check-names.ts";
import { manifestInvalid, packageInvalid, pluginWithoutPackage, submissionOpen, versionExists } from "./errors.ts";
import { plannedChecks } from "./planned-checks.ts";

export interface SubmitInput {
  principal: Principal;
  publisher: string;
  part: UploadPart;
  /** The uploaded bytes, already on this machine's disk. */
  path: string;
  /** Armored detached signature over exactly those bytes. */
  signature: string | null;
  /** A build system's attestation of exactly those bytes, as text. */
  attestation?: string | null;
  /** The bootstrap policy's publishes are not rate-limited. */
  unlimited?: boolean;
}

export interface Submitted {
  id: string;
  state: string;
  listing: string;
  version: string;
  url: string;
}

/**
 * Takes a package or a service manifest. What the bytes, the key and the version alone decide is decided here and
 * refused with every fault at once, leaving nothing behind; everything else runs as jobs.
 */
export async function submitPackage(deps: Deps, input: SubmitInput): Promise<Submitted> {
  requireScope(input.principal, "publish");
  const publisher = await requireMember(deps.db, input.principal, input.publisher, "publish");
  const receivedAt = deps.now();
  const report = await inspectUpload({ path: input.path, part: input.part, publishing: true });
  const manifest = requireSound(report, input.part);
  requireListing(input.principal, manifest.id);
  await requireFreeNames(deps.db, candidate(publisher, manifest));
  const signer = await requireGoodSignature(deps, publisher, input, report, receivedAt);
  const provenance = await requireGoodAttestation(deps, input, report);
  const submission = await reserve(deps, { input, publisher, report, manifest, signer, provenance, receivedAt });
  await storeOrRelease(deps, submission.id, input, report);
  return await openSubmission(deps, submission.id);
}

function requireSound(report: PackageReport, part: UploadPart): Manifest {
  const blocking = report.problems.filter((problem) => problem.severity === "B");
  if (blocking.length > 0) throw part === "manifest" ? manifestInvalid(blocking) : packageInvalid(blocking);
  if (report.manifest === null) throw new Error("an inspection without blocking problems has a manifest");
  if (part === "manifest" && report.manifest.kind !== "service") throw manifestInvalid([pluginWithoutPackage()]);
  return report.manifest;
}

function candidate(publisher: PublisherRow, manifest: Manifest) {
  const version = manifest.version ?? "";
  return { id: manifest.id, kind: manifest.kind, version, channel: channelOf(version), publisherId: publisher.id };
}

type Signer = { fingerprint: string; keyId: string } | null;

async function requireGoodSignature(deps: Deps, publisher: PublisherRow, input: SubmitInput, report: PackageReport, receivedAt: Date): Promise<Signer> {
  if (input.signature === null) return null;
  const verdict = await verifyPublisherSignature(deps.db, { publisherId: publisher.id, path: input.path, sha256: report.sha256, signature: input.signature, receivedAt });
  if (!verdict.ok) throw signatureInvalid(verdict.problems);
  return { fingerprint: verdict.fingerprint, keyId: verdict.keyId };
}

async function requireGoodAttestation(deps: Deps, { attestation, principal }: SubmitInput, report: PackageReport): Promise<ProvenanceView | null> {
  if (attestation === undefined || attestation === null) return null;
  return await verifyAttestation(deps, { text: attestation, sha256: report.sha256, sentBy: principal.workflow?.identity ?? null });
}

interface Reservation {
  input: SubmitInput;
  publisher: PublisherRow;
  report: PackageReport;
  manifest: Manifest;
  signer: Signer;
  provenance: ProvenanceView | null;
  receivedAt: Date;
}

/**
 * Writes the submission as a draft, which holds its version: of many equal ones the database lets one through.
 * Limits count only here, after the reservation, so that a lost race costs nothing.
 */
async function reserve(deps: Deps, reservation: Reservation): Promise<{ id: string }> {
  const { publisher, manifest, input } = reservation;
  try {
    return await deps.db.$transaction(async (tx) => {
      // One at a time per look-alike form: two publishers must not open ids that read alike.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${idSkeleton(manifest.id)}, 0))`;
      await requireFreeNames(tx, candidate(publisher, manifest));
      await requireNoOpenSubmission(tx, deps, manifest);
      const superseded = await supersede(tx, manifest, reservation.receivedAt);
      const row = await createDraft(tx, reservation, superseded);
      if (input.unlimited !== true) await countPublish(tx, publisher, manifest.id);
      return row;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw await lostRace(deps, manifest);
    throw error;
  }
}

async function requireNoOpenSubmission(tx: Tx, deps: Deps, manifest: Manifest): Promise<void> {
  const open = await tx.submission.findFirst({ where: { listingSlug: manifest.id, version: manifest.version ?? "", state: { in: [...OPEN_STATES] } } });
  if (open !== null) throw submissionOpen(manifest.id, open.version, open.id, deps.config.publicUrl);
}

async function lostRace(deps: Deps, manifest: Manifest): Promise<RegistryError> {
  const version = manifest.version ?? "";
  const open = await deps.db.submission.findFirst({ where: { listingSlug: manifest.id, version, state: { in: [...OPEN_STATES] } } });
  return open === null ? versionExists(manifest.id, version) : submissionOpen(manifest.id, version, open.id, deps.config.publicUrl);
}

/** A newer version takes the place of an undecided older one in the same channel, and keeps its age in the queue. */
async function supersede(tx: Tx, manifest: Manifest, now: Date): Promise<{ id: string; queuedAt: Date } | null> {
  const older = await tx.submission.findFirst({ where: { listingSlug: manifest.id, channel: channelOf(manifest.version ?? ""), state: { in: [...OPEN_STATES] } } });
  if (older === null) return null;
  await moveSubmission(tx, { id: older.id, to: "superseded", by: "system", actorId: null, now });
  await recordEvent(tx, { name: "submissions:submission:supersede", subject: `submission:${older.id}`, actorId: null });
  return { id: older.id, queuedAt: older.queuedAt };
}

async function createDraft(tx: Tx, { input, publisher, report, manifest, signer, provenance, receivedAt }: Reservation, superseded: { id: string; queuedAt: Date } | null): Promise<{ id: string }> {
  const { extension, mediaType } = fileForm(input.part, report);
  const version = manifest.version ?? "";
  await tx.$executeRaw`INSERT INTO "Artifact" ("sha256", "size", "mediaType", "key") VALUES (${report.sha256}, ${report.size}, ${mediaType}, ${artifactKey(report.sha256)}) ON CONFLICT DO NOTHING`;
  const row = await tx.submission.create({
    data: {
      id: newId(),
      listingSlug: manifest.id,
      skeleton: idSkeleton(manifest.id),
      version,
      channel: channelOf(version),
      kind: manifest.kind,
      name: manifest.name,
      publisherId: publisher.id,
      submittedById: input.principal.userId,
      state: "draft",
      artifactSha256: report.sha256,
      fileName: `${manifest.id}-${version}.${extension}`,
      manifest: manifest as unknown as Prisma.InputJsonValue,
      manifestText: report.manifestText ?? "",
      readme: report.readme,
      files: report.files as unknown as Prisma.InputJsonValue,
      icon: report.icon === null ? Prisma.DbNull : (report.icon as unknown as Prisma.InputJsonValue),
      permissions: report.permissions,
      permissionHash: permissionHash(report.permissions),
      signature: signer === null ? null : input.signature,
      signerFingerprint: signer?.fingerprint ?? null,
      submittedAt: receivedAt,
      queuedAt: superseded?.queuedAt ?? receivedAt,
      supersedesId: superseded?.id ?? null,
      workflow: input.principal.workflow?.identity ?? Prisma.DbNull,
      attestation: provenance === null ? null : (input.attestation ?? null),
      provenance: provenance ?? Prisma.DbNull,
      checks: { create: plannedChecks(report) },
    },
  });
  if (signer !== null) await tx.signingKey.update({ where: { id: signer.keyId }, data: { lastUsedAt: receivedAt } });
  await recordEvent(tx, { name: "submissions:submission:submit", subject: `submission:${row.id}`, actorId: input.principal.userId, data: { listing: manifest.id, version, sha256: report.sha256 } });
  return row;
}

const FORMS = {
  manifest: { extension: "yaml", mediaType: "application/yaml" },
  tgz: { extension: "tgz", mediaType: "application/gzip" },
  zip: { extension: "zip", mediaType: "application/zip" },
} as const;

/** How the stored bytes are named and served. */
function fileForm(part: UploadPart, report: PackageReport): (typeof FORMS)[keyof typeof FORMS] {
  return FORMS[part === "manifest" ? "manifest" : report.format === "tgz" ? "tgz" : "zip"];
}

/** SHA-256 of the sorted permissions: what a decision is bound to besides the bytes. */
export function permissionHash(permissions: string[]): string {
  return createHash("sha256").update([...permissions].sort().join("\n")).digest("hex");
}

async function countPublish(tx: Tx, publisher: PublisherRow, id: string): Promise<void> {
  const known = await tx.listing.findUnique({ where: { slug: id }, select: { id: true } });
  await countInDatabase(tx, known === null ? "new-listing" : "update", `publisher:${publisher.id}`);
}

/** Puts the bytes where their hash says; when the store fails the draft goes, so that the version is free again. */
async function storeOrRelease(deps: Deps, id: string, input: SubmitInput, report: PackageReport): Promise<void> {
  try {
    await storeArtifact(deps.store, { path: input.path, size: report.size, sha256: report.sha256, mediaType: fileForm(input.part, report).mediaType });
  } catch (error) {
    deps.logger.error({ err: error, submission: id }, "the object store refused an artifact");
    await deps.db.$transaction((tx) => moveSubmission(tx, { id, to: "expired", by: "system", actorId: null, now: deps.now() }));
    throw new RegistryError("unavailable", "The object store did not take the bytes; nothing was submitted. Try again.", { headers: { "retry-after": "10" } });
  }
}

async function openSubmission(deps: Deps, id: string): Promise<Submitted> {
  return await deps.db.$transaction(async (tx) => {
    const now = deps.now();
    await moveSubmission(tx, { id, to: "submitted", by: "publisher", actorId: null, now });
    await moveSubmission(tx, { id, to: "checking", by: "system", actorId: null, now });
    await deps.queue.enqueue(tx, checkSubmissionJob, { submissionId: id });
    const row = await tx.submission.findUniqueOrThrow({ where: { id } });
    return { id, state: row.state, listing: row.listingSlug, version: row.version, url: `${deps.config.publicUrl}/submissions/${id}` };
  });
}
