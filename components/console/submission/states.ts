import type { SubmissionState } from "#lib/submissions/schema.ts";

export type StateTone = "neutral" | "progress" | "attention" | "good" | "bad";

interface StateDescription {
  label: string;
  tone: StateTone;
  /** Pause between two looks at a submission in this state, in milliseconds; null once nothing can change it any more. */
  pollEveryMs: number | null;
}

const BUSY_MS = 1_000;
const WAITING_MS = 10_000;

/** How each state is named, coloured and watched. */
export const STATE_DESCRIPTIONS = {
  draft: { label: "Draft", tone: "neutral", pollEveryMs: WAITING_MS },
  submitted: { label: "Submitted", tone: "progress", pollEveryMs: BUSY_MS },
  checking: { label: "Checking", tone: "progress", pollEveryMs: BUSY_MS },
  needs_changes: { label: "Needs changes", tone: "attention", pollEveryMs: WAITING_MS },
  triage: { label: "Triage", tone: "progress", pollEveryMs: BUSY_MS },
  fast_lane: { label: "Fast lane", tone: "progress", pollEveryMs: WAITING_MS },
  in_review: { label: "In review", tone: "progress", pollEveryMs: WAITING_MS },
  voting: { label: "Voting", tone: "progress", pollEveryMs: WAITING_MS },
  held: { label: "Held for a second reviewer", tone: "attention", pollEveryMs: WAITING_MS },
  approved: { label: "Approved, publishing", tone: "progress", pollEveryMs: BUSY_MS },
  published: { label: "Published", tone: "good", pollEveryMs: null },
  rejected: { label: "Rejected", tone: "bad", pollEveryMs: null },
  withdrawn: { label: "Withdrawn", tone: "neutral", pollEveryMs: null },
  superseded: { label: "Superseded", tone: "neutral", pollEveryMs: null },
  expired: { label: "Expired", tone: "neutral", pollEveryMs: null },
} as const satisfies Record<SubmissionState, StateDescription>;
