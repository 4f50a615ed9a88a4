import { activePolicy, displayName, requireSecondFactor, requireStepUp, requireScope, type Policy, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { moveSubmission, publishVersionJob, staleSubmission, submissionMissing } from "#lib/submissions/index.ts";
import type { SubmissionState } from "#lib/submissions/schema.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { claimedByOther, handedOver, keyCompromised, mayNotDecide, ownSubmission } from "./errors.ts";
import { notifyPublisher } from "./notify-publisher.ts";

export interface DecideInput {
  principal: Principal;
  id: string;
  decision: "approve" | "request_changes" | "reject";
  reason: string;
  /** The state version that the reviewer looked at. */
  stateVersion: number;
}

const OUTCOMES = { approve: "approved", request_changes: "needs_changes", reject: "rejected" } as const satisfies Record<DecideInput["decision"], SubmissionState>;

/**
 * Decides on a submission: state change, statement of reasons, audit event, mail and outbox in one transaction.
 * A compare-and-swap over the state version, and the decision pins bytes, permissions and policy; a stale one throws
 * `stale-decision` (409) and changes nothing.
 */
export async function decideSubmission(deps: Deps, input: DecideInput): Promise<{ state: SubmissionState; stateVersion: number }> {
  requireScope(input.principal, "review:decide");
  await requireSecondFactor(deps, input.principal, (await activePolicy(deps.db)).deciders);
  await requireStepUp(deps, input.principal);
  return await deps.db.$transaction(async (tx) => {
    const policy = await activePolicy(tx);
    const submission = await lockSubmission(tx, input);
    const note = requireIndependence(policy, input.principal, submission);
    requireNoOtherClaim(deps, input.principal, submission);
    if (input.decision === "approve") await requireSameHands(tx, submission);
    if (input.decision === "approve") await requireTrustedKey(tx, submission);
    const now = deps.now();
    const moved = await moveSubmission(tx, { id: input.id, to: OUTCOMES[input.decision], by: "reviewer", actorId: input.principal.userId, now, seen: input.stateVersion, data: { claimedById: null, claimedUntil: null, claimRenewals: 0 } });
    await recordDecision(tx, input, submission, policy, note, now);
    if (input.decision === "approve") await deps.queue.enqueue(tx, publishVersionJob, { submissionId: input.id });
    else await notifyPublisher(tx, deps, input.id, { event: input.decision === "reject" ? "rejected" : "needs-changes", by: displayName({ id: input.principal.userId, name: input.principal.name }), reason: input.reason });
    return moved;
  });
}

async function lockSubmission(tx: Tx, input: DecideInput) {
  await tx.$queryRaw`SELECT 1 FROM "Submission" WHERE "id" = ${input.id}::uuid FOR UPDATE`;
  const row = await tx.submission.findUnique({ where: { id: input.id }, include: { claimedBy: true } });
  if (row === null) throw submissionMissing(input.id);
  if (row.stateVersion !== input.stateVersion) throw staleSubmission(row, input.stateVersion);
  return row;
}

type Locked = Awaited<ReturnType<typeof lockSubmission>>;

/** Returns the note that the record carries where the policy relaxes independence, else null. */
function requireIndependence(policy: Policy, principal: Principal, submission: Locked): string | null {
  if (!policy.deciders.some((role) => principal.roles.includes(role))) throw mayNotDecide(policy.name, policy.deciders);
  if (submission.submittedById !== principal.userId) return null;
  if (policy.independence === "not-submitter") throw ownSubmission(policy.name);
  return policy.self_approval_note ?? null;
}

function requireNoOtherClaim(deps: Deps, principal: Principal, submission: Locked): void {
  const { claimedUntil, claimedById, claimedBy } = submission;
  if (claimedUntil !== null && claimedUntil > deps.now() && claimedById !== principal.userId) throw claimedByOther(displayName(claimedBy), claimedUntil);
}

/** What a former publisher submitted is not published into a listing that was handed over. */
async function requireSameHands(tx: Tx, { listingSlug, publisherId }: Locked): Promise<void> {
  const listing = await tx.listing.findUnique({ where: { slug: listingSlug }, select: { publisherId: true } });
  if (listing !== null && listing.publisherId !== publisherId) throw handedOver(listingSlug);
}

/** A key's owner may learn only after the upload that somebody else held the key: then nobody vouches for the bytes. */
async function requireTrustedKey(tx: Tx, { signerFingerprint, submittedAt }: Locked): Promise<void> {
  if (signerFingerprint === null) return;
  const key = await tx.signingKey.findFirst({ where: { fingerprint: signerFingerprint, revocationReason: "compromised" } });
  if (key === null || (key.compromisedSince !== null && key.compromisedSince > submittedAt)) return;
  throw keyCompromised(signerFingerprint);
}

async function recordDecision(tx: Tx, input: DecideInput, submission: Locked, policy: Policy, note: string | null, now: Date): Promise<void> {
  const id = newId();
  await tx.decision.create({
    data: {
      id,
      submissionId: submission.id,
      decision: input.decision,
      reason: input.reason,
      deciderId: input.principal.userId,
      deciderName: displayName({ id: input.principal.userId, name: input.principal.name }),
      artifactSha256: submission.artifactSha256,
      permissionHash: submission.permissionHash,
      policy: policy.name,
      policyRevision: policy.pinned,
      stateVersion: input.stateVersion,
      note,
      decidedAt: now,
    },
  });
  await recordEvent(tx, { name: "review:submission:decide", subject: `submission:${submission.id}`, actorId: input.principal.userId, data: { decision: input.decision, stateVersion: input.stateVersion, policy: policy.pinned } });
  await recordLeaf(tx, `decision:${id}`, input.principal.userId);
}
