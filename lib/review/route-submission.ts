import { activePolicy, loadPolicy, type Policy } from "#lib/accounts/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { moveSubmission, publishVersionJob } from "#lib/submissions/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { notifyPublisher } from "./notify-publisher.ts";

/**
 * Moves a checked submission on: to its publisher when a blocking check failed, otherwise where the policy routes
 * it. An errored blocking check is not a pass: the submission goes to a person, with the reason shown.
 */
export async function routeSubmission(deps: Deps, submissionId: string): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    // A job may run twice: the second waits here, and finds nothing left to route.
    await tx.$queryRaw`SELECT 1 FROM "Submission" WHERE "id" = ${submissionId}::uuid FOR UPDATE`;
    const submission = await tx.submission.findUnique({ where: { id: submissionId }, include: { checks: true, publisher: true } });
    if (submission === null || submission.state !== "checking") return;
    const now = deps.now();
    const move = (to: Parameters<typeof moveSubmission>[1]["to"]) => moveSubmission(tx, { id: submissionId, to, by: "system", actorId: null, now });
    const findings = submission.checks.flatMap((check) => check.findings as { severity: string }[]);
    if (findings.some((finding) => finding.severity === "B")) {
      await move("needs_changes");
      await notifyPublisher(tx, deps, submissionId, { event: "needs-changes", by: "the automated checks", reason: null });
      return;
    }
    await move("triage");
    const policy = submission.publisher.bootstrap ? loadPolicy("bootstrap") : await activePolicy(tx);
    const clean = submission.checks.every((check) => check.status !== "errored");
    if (policy.routing === "fast-lane" && clean) await approveByPolicy(tx, deps, submission, policy, move);
    else await move("in_review");
  });
}

type Move = (to: "fast_lane" | "approved") => Promise<{ stateVersion: number }>;

async function approveByPolicy(tx: Tx, deps: Deps, submission: { id: string; artifactSha256: string; permissionHash: string }, policy: Policy, move: Move): Promise<void> {
  const { stateVersion } = await move("fast_lane");
  const id = newId();
  await tx.decision.create({
    data: {
      id,
      submissionId: submission.id,
      decision: "approve",
      reason: "Ships with the registry and passed every automated check at the first start. No person reviewed it.",
      deciderId: null,
      deciderName: `policy ${policy.name}`,
      artifactSha256: submission.artifactSha256,
      permissionHash: submission.permissionHash,
      policy: policy.name,
      policyRevision: policy.pinned,
      stateVersion,
      note: "bootstrap: not reviewed by a person",
      decidedAt: deps.now(),
    },
  });
  await recordLeaf(tx, `decision:${id}`, null);
  await move("approved");
  await deps.queue.enqueue(tx, publishVersionJob, { submissionId: submission.id });
}
