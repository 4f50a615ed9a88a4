import { z } from "zod";
import { ProblemSchema } from "#lib/http/schema.ts";

export const SUBMISSION_STATES = [
  "draft", "submitted", "checking", "needs_changes", "triage", "fast_lane", "in_review", "voting", "held",
  "approved", "published", "rejected", "withdrawn", "superseded", "expired",
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

export const CheckView = z
  .object({
    id: z.string(),
    title: z.string(),
    severity: z.enum(["B", "H", "W", "I"]),
    status: z.enum(["queued", "running", "passed", "warned", "failed", "errored"]),
    /** What the check looked at, in one line. */
    lookedAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    findings: z.array(ProblemSchema),
  })
  .meta({ id: "Check" });
export type CheckResultView = z.infer<typeof CheckView>;

export const DecisionView = z
  .object({
    decision: z.enum(["approve", "request_changes", "reject"]),
    reason: z.string(),
    decider: z.string(),
    decidedAt: z.string(),
    policy: z.string(),
    policyRevision: z.string(),
    /** Set where the policy relaxed independence, e.g. "self-approved, single operator". */
    note: z.string().nullable(),
    stateVersion: z.number().int(),
  })
  .meta({ id: "Decision" });
export type DecisionRecordView = z.infer<typeof DecisionView>;

export const SubmissionRef = z
  .object({ id: z.string(), state: z.enum(SUBMISSION_STATES), listing: z.string(), version: z.string(), url: z.string() })
  .meta({ id: "SubmissionRef" });

export const SubmissionView = z
  .object({
    id: z.string(),
    state: z.enum(SUBMISSION_STATES),
    stateVersion: z.number().int(),
    listing: z.string(),
    version: z.string(),
    kind: z.enum(["service", "plugin"]),
    name: z.string(),
    publisher: z.object({ slug: z.string(), name: z.string() }),
    submittedBy: z.string(),
    submittedAt: z.string(),
    updatedAt: z.string(),
    /** Place in the review queue, 1 is next; null outside the queue. */
    position: z.number().int().nullable(),
    /** Age of the oldest waiting submission in seconds; null when nothing waits. */
    queueAgeSeconds: z.number().int().nullable(),
    checks: z.array(CheckView),
    decisions: z.array(DecisionView),
    /** What happens next and who acts, in one sentence. */
    next: z.string(),
    allowedMoves: z.array(z.string()),
    artifact: z.object({ sha256: z.string(), size: z.number().int(), fileName: z.string() }),
    signer: z.object({ by: z.enum(["publisher", "registry"]), fingerprint: z.string() }),
    claim: z.object({ by: z.string(), until: z.string(), mine: z.boolean() }).nullable(),
    url: z.string(),
  })
  .meta({ id: "Submission" });
export type SubmissionDetailView = z.infer<typeof SubmissionView>;

export const QueueItem = z
  .object({
    id: z.string(),
    listing: z.string(),
    version: z.string(),
    kind: z.enum(["service", "plugin"]),
    name: z.string(),
    publisher: z.object({ slug: z.string(), name: z.string() }),
    state: z.enum(SUBMISSION_STATES),
    queuedAt: z.string(),
    firstVersion: z.boolean(),
    newPermissions: z.array(z.string()),
    highestRisk: z.enum(["none", "low", "medium", "high"]),
    findings: z.object({ B: z.number().int(), H: z.number().int(), W: z.number().int(), I: z.number().int() }),
    claim: z.object({ by: z.string(), until: z.string(), mine: z.boolean() }).nullable(),
  })
  .meta({ id: "QueueItem" });
export type QueueItemView = z.infer<typeof QueueItem>;

/** What the review page shows beside the submission itself. */
export const ReviewBundle = z.object({
  submission: SubmissionView,
  manifestText: z.string(),
  manifest: z.unknown(),
  files: z.array(z.object({ path: z.string(), size: z.number().int(), sha256: z.string(), text: z.boolean() })),
  permissions: z.array(z.object({ id: z.string(), sentence: z.string(), risk: z.enum(["low", "medium", "high"]), change: z.enum(["added", "kept", "dropped"]) })),
  previousVersion: z.string().nullable(),
  policy: z.object({ name: z.string(), revision: z.string(), selfApproval: z.boolean(), selfApprovalNote: z.string().nullable() }),
  viewerIsSubmitter: z.boolean(),
});
export type ReviewBundleView = z.infer<typeof ReviewBundle>;

export const DecisionBody = z.object({
  decision: z.enum(["approve", "request_changes", "reject"]),
  reason: z.string().trim().min(1, "Give a reason: it becomes part of the public record.").max(4000),
  stateVersion: z.number().int().min(0),
});
