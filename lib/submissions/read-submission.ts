import { displayName, type Principal } from "#lib/accounts/index.ts";
import type { ViewerView } from "#lib/accounts/schema.ts";
import { isId, type Config, type Db, type Prisma } from "#lib/platform/index.ts";
import type { CheckResultView, SubmissionDetailView, SubmissionState } from "./schema.ts";
import { movesFrom, WAITING_STATES } from "./transitions.ts";

type Reader = Pick<ViewerView, "id" | "roles"> | Pick<Principal, "userId" | "roles" | "workflow" | "listings">;
const readerId = (reader: Reader): string => ("userId" in reader ? reader.userId : reader.id);

const INCLUDE = {
  publisher: true,
  submittedBy: true,
  claimedBy: true,
  artifact: true,
  checks: { orderBy: { checkId: "asc" } },
  decisions: { orderBy: { decidedAt: "asc" } },
} as const;

/** The submission, when the reader is a member of its publisher or reviews; null otherwise, existing or not. */
export async function readSubmission(deps: { db: Db; config: Config }, id: string, reader: Reader): Promise<SubmissionDetailView | null> {
  if (!isId(id)) return null;
  const row = await deps.db.submission.findFirst({ where: { id, ...visibleTo(reader) }, include: INCLUDE });
  if (row === null) return null;
  return submissionView(row, await queuePlace(deps.db, row), readerId(reader));
}

/** The submissions of the reader's publishers, newest first. */
export async function listSubmissions(deps: { db: Db; config: Config }, reader: Reader): Promise<SubmissionDetailView[]> {
  const rows = await deps.db.submission.findMany({
    where: { OR: [{ submittedById: readerId(reader) }, { publisher: { members: { some: { userId: readerId(reader) } } } }] },
    include: INCLUDE,
    orderBy: { submittedAt: "desc" },
    take: 100,
  });
  return await Promise.all(rows.map(async (row) => submissionView(row, await queuePlace(deps.db, row), readerId(reader))));
}

function visibleTo(reader: Reader) {
  // A build workflow follows what it may publish, and sees nothing else of whoever registered it.
  if ("workflow" in reader && reader.workflow) return { publisher: { slug: reader.workflow.publisher }, ...(reader.listings === null ? {} : { listingSlug: { in: reader.listings } }) };
  // Every instance role reviews; which may decide is the policy's rule.
  if (reader.roles.length > 0) return {};
  return { OR: [{ submittedById: readerId(reader) }, { publisher: { members: { some: { userId: readerId(reader) } } } }] };
}

interface QueuePlace {
  position: number | null;
  queueAgeSeconds: number | null;
}

async function queuePlace(db: Db, row: { state: string; queuedAt: Date }): Promise<QueuePlace> {
  const waiting = { state: { in: [...WAITING_STATES] } };
  const oldest = await db.submission.findFirst({ where: waiting, orderBy: { queuedAt: "asc" }, select: { queuedAt: true } });
  const queueAgeSeconds = oldest === null ? null : Math.max(0, Math.floor((Date.now() - oldest.queuedAt.getTime()) / 1000));
  if (!WAITING_STATES.some((state) => state === row.state)) return { position: null, queueAgeSeconds };
  const before = await db.submission.count({ where: { ...waiting, queuedAt: { lt: row.queuedAt } } });
  return { position: before + 1, queueAgeSeconds };
}

type Row = Prisma.SubmissionGetPayload<{ include: typeof INCLUDE }>;

function submissionView(row: Row, place: QueuePlace, readerUserId: string): SubmissionDetailView {
  const state = row.state as SubmissionState;
  const claimed = row.claimedBy !== null && row.claimedUntil !== null && row.claimedUntil > new Date();
  return {
    id: row.id,
    state,
    stateVersion: row.stateVersion,
    listing: row.listingSlug,
    version: row.version,
    kind: row.kind as "service" | "plugin",
    name: row.name,
    publisher: { slug: row.publisher.slug, name: row.publisher.name },
    submittedBy: displayName(row.submittedBy),
    submittedAt: row.submittedAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...place,
    checks: row.checks.map(checkView),
    decisions: row.decisions.map((decision) => ({
      decision: decision.decision as "approve" | "request_changes" | "reject",
      reason: decision.reason,
      decider: decision.deciderName,
      decidedAt: decision.decidedAt.toISOString(),
      policy: decision.policy,
      policyRevision: decision.policyRevision,
      note: decision.note,
      stateVersion: decision.stateVersion,
    })),
    next: nextStep(state, place, claimed),
    allowedMoves: movesFrom(state).filter((move) => move.by !== "system").map((move) => move.verb),
    artifact: { sha256: row.artifactSha256, size: row.artifact.size, fileName: row.fileName },
    signer: row.signerFingerprint === null ? { by: "registry", fingerprint: "" } : { by: "publisher", fingerprint: row.signerFingerprint },
    claim: claimed ? { by: displayName(row.claimedBy), until: (row.claimedUntil ?? new Date()).toISOString(), mine: row.claimedById === readerUserId } : null,
    url: `/submissions/${row.id}`,
  };
}

function checkView(check: Row["checks"][number]): CheckResultView {
  return {
    id: check.checkId,
    title: check.title,
    severity: check.severity as CheckResultView["severity"],
    status: check.status as CheckResultView["status"],
    lookedAt: check.lookedAt,
    startedAt: check.startedAt?.toISOString() ?? null,
    finishedAt: check.finishedAt?.toISOString() ?? null,
    findings: check.findings as unknown as CheckResultView["findings"],
  };
}

function nextStep(state: SubmissionState, place: QueuePlace, claimed: boolean): string {
  switch (state) {
    case "draft":
    case "submitted":
    case "checking":
      return "The checks are running; results appear here as they finish.";
    case "triage":
      return "The checks are done; the policy decides who looks next.";
    case "fast_lane":
      return "Every check passed and the policy publishes without a person.";
    case "in_review":
      return claimed ? "A reviewer is looking at it." : `A reviewer decides next. It has place ${place.position ?? 1} in the queue.`;
    case "voting":
      return "The community votes.";
    case "held":
      return "A second reviewer must agree.";
    case "approved":
      return "Approved; publishing follows within seconds.";
    case "needs_changes":
      return "The publisher changes what was found and submits again; the version stays free for that.";
    case "published":
      return "Published. Hosts learn of it at their next poll.";
    case "rejected":
      return "Rejected; the reasons are below. New bytes may be submitted.";
    case "withdrawn":
      return "Withdrawn by the publisher.";
    case "superseded":
      return "A newer submission took its place.";
    case "expired":
      return "Expired without an answer; submit again to continue.";
  }
}
