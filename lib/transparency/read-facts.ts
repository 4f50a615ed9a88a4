import { Prisma, type Tx } from "#lib/platform/index.ts";
import { eventFacts } from "./event-facts.ts";
import type { Facts, Told } from "./facts.ts";
import { PUBLIC_ENDS, PUBLIC_REVERSALS, TOLD_BY_EVENT } from "./public-events.ts";

/** The rows that leaves tell of, by the word before the colon of `LogLeaf.source`. */
const READERS = {
  publisher: readPublishers,
  "key-added": readKeysAdded,
  "key-revoked": readKeysRevoked,
  decision: readDecisions,
  listing: readListings,
  version: readVersions,
  event: readEvents,
} as const;
export type SourceKind = keyof typeof READERS;
export type Source = `${SourceKind}:${string}`;

/** What the tables say about these rows today: the one place where a row becomes the words of a leaf. */
export async function readFacts(tx: Tx, sources: readonly string[]): Promise<Map<string, Told>> {
  const told = new Map<string, Told>();
  for (const [kind, read] of Object.entries(READERS)) {
    const ids = sources.filter((source) => source.startsWith(`${kind}:`)).map((source) => source.slice(kind.length + 1));
    if (ids.length === 0) continue;
    for (const [id, item] of await read(tx, ids)) told.set(`${kind}:${id}`, item);
  }
  return told;
}

/** Every public row that has no leaf, in the order of time, at most `most`. */
export async function findUntold(tx: Tx, most: number): Promise<Source[]> {
  const rows = await tx.$queryRaw<{ source: Source }[]>(Prisma.sql`
    SELECT rows.source FROM (
      SELECT 'publisher:' || "id" AS source, "createdAt" AS at, 1 AS place FROM "Publisher"
      UNION ALL SELECT 'key-added:' || "id", "addedAt", 2 FROM "SigningKey"
      UNION ALL SELECT 'decision:' || "id", "decidedAt", 3 FROM "Decision"
      UNION ALL SELECT 'listing:' || "id", "createdAt", 4 FROM "Listing"
      UNION ALL SELECT 'version:' || "id", "publishedAt", 5 FROM "Version"
      UNION ALL SELECT 'event:' || "id", "at", 6 FROM "AuditEvent"
        WHERE "name" = ANY(${[...TOLD_BY_EVENT]})
      UNION ALL SELECT 'event:' || e."id", e."at", 6 FROM "AuditEvent" e JOIN "Submission" s ON e."subject" = 'submission:' || s."id"
        WHERE e."name" = 'submissions:submission:move' AND (e."data"->>'to' = ANY(${[...PUBLIC_ENDS]}) OR e."data"->>'from' = ANY(${[...PUBLIC_REVERSALS]}))
          AND EXISTS (SELECT 1 FROM "Decision" d WHERE d."submissionId" = s."id")
      UNION ALL SELECT 'key-revoked:' || "id", "revokedAt", 7 FROM "SigningKey" WHERE "revokedAt" IS NOT NULL
    ) AS rows
    WHERE NOT EXISTS (SELECT 1 FROM "LogLeaf" leaf WHERE leaf."source" = rows.source)
    ORDER BY rows.at, rows.place, rows.source LIMIT ${most}`);
  return rows.map((row) => row.source);
}

async function readPublishers(tx: Tx, ids: string[]): Promise<[string, Told][]> {
  const rows = await tx.publisher.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true, createdAt: true } });
  return rows.map((row) => [row.id, { facts: { type: "publisher-created", at: row.createdAt.toISOString(), publisher: row.slug }, actorId: null }]);
}

const readKeys = (tx: Tx, ids: string[]) => tx.signingKey.findMany({ where: { id: { in: ids } }, include: { publisher: { select: { slug: true } } } });

async function readKeysAdded(tx: Tx, ids: string[]): Promise<[string, Told][]> {
  const rows = await readKeys(tx, ids);
  return rows.map((row) => [row.id, { facts: { type: "key-added", at: row.addedAt.toISOString(), publisher: row.publisher.slug, fingerprint: row.fingerprint }, actorId: row.addedById }]);
}

async function readKeysRevoked(tx: Tx, ids: string[]): Promise<[string, Told][]> {
  const rows = await readKeys(tx, ids);
  return rows.flatMap((row) => {
    if (row.revokedAt === null) return [];
    const revocation = { at: row.revokedAt.toISOString(), reason: row.revocationReason ?? "", compromisedSince: row.compromisedSince?.toISOString() ?? null };
    return [[row.id, { facts: { type: "key-revoked", publisher: row.publisher.slug, fingerprint: row.fingerprint, ...revocation }, actorId: null }]];
  });
}

async function readDecisions(tx: Tx, ids: string[]): Promise<[string, Told][]> {
  const rows = await tx.decision.findMany({ where: { id: { in: ids } }, include: { submission: { select: { listingSlug: true, version: true } } } });
  return rows.map((row) => {
    const facts: Facts = {
      type: "submission-decided",
      at: row.decidedAt.toISOString(),
      listing: row.submission.listingSlug,
      version: row.submission.version,
      submission: row.submissionId,
      decision: row.decision as "approve" | "request_changes" | "reject",
      reason: row.reason,
      sha256: row.artifactSha256,
      permissionHash: row.permissionHash,
      policy: row.policy,
      policyRevision: row.policyRevision,
      note: row.note,
    };
    return [row.id, { facts, actorId: row.deciderId }];
  });
}

async function readListings(tx: Tx, ids: string[]): Promise<[string, Told][]> {
  const firstTransfer = { where: { acceptedAt: { not: null } }, orderBy: { acceptedAt: "asc" }, take: 1, select: { from: { select: { slug: true } } } } as const;
  const rows = await tx.listing.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true, kind: true, createdAt: true, publisher: { select: { slug: true } }, transfers: firstTransfer } });
  return rows.map((row) => {
    // Whoever opened it: today's publisher, unless it was handed over.
    const publisher = (row.transfers[0]?.from ?? row.publisher).slug;
    const facts: Facts = { type: "listing-created", at: row.createdAt.toISOString(), listing: row.slug, kind: row.kind as "service" | "plugin", publisher };
    return [row.id, { facts, actorId: null }];
  });
}

async function readVersions(tx: Tx, ids: string[]): Promise<[string, Told][]> {
  const rows = await tx.version.findMany({
    where: { id: { in: ids } },
    select: {
      id: true, version: true, publishedAt: true, artifactSha256: true, signer: true, signerFingerprint: true, permissionHash: true, submissionId: true,
      artifact: { select: { size: true } }, listing: { select: { slug: true, kind: true } }, submission: { select: { publisher: { select: { slug: true } } } },
    },
  });
  return rows.map((row) => {
    const facts: Facts = {
      type: "version-published",
      at: row.publishedAt.toISOString(),
      listing: row.listing.slug,
      version: row.version,
      kind: row.listing.kind as "service" | "plugin",
      publisher: row.submission.publisher.slug,
      sha256: row.artifactSha256,
      size: row.artifact.size,
      signer: row.signer as "publisher" | "registry",
      signerFingerprint: row.signerFingerprint,
      permissionHash: row.permissionHash,
      submission: row.submissionId,
    };
    return [row.id, { facts, actorId: null }];
  });
}

async function readEvents(tx: Tx, ids: string[]): Promise<[string, Told][]> {
  const rows = await tx.auditEvent.findMany({ where: { id: { in: ids } } });
  const moved = rows.filter((row) => row.subject.startsWith("submission:")).map((row) => row.subject.slice("submission:".length));
  const submissions = moved.length === 0 ? [] : await tx.submission.findMany({ where: { id: { in: moved } }, select: { id: true, listingSlug: true, version: true } });
  return rows.flatMap((row) => {
    const facts = eventFacts(row, submissions.find((submission) => row.subject === `submission:${submission.id}`) ?? null);
    return facts === null ? [] : [[row.id, { facts, actorId: row.actorId }]];
  });
}
