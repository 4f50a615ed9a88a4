import type { SubmissionState } from "./schema.ts";

/** Who may make a move. "system" is the registry itself: checks, policy, clock and outbox. */
export type Mover = "publisher" | "reviewer" | "second-reviewer" | "system" | "quorum";

export interface Move {
  by: Mover;
  /** The verb under which interfaces offer the move. */
  verb: string;
  /** What must hold, in words; enforced by the module that makes the move. */
  holds: string;
}

const withdraw = { withdrawn: { by: "publisher", verb: "withdraw", holds: "the submission is not yet decided" } } as const satisfies Targets;
const supersede = { superseded: { by: "system", verb: "supersede", holds: "a newer submission of the same listing and channel arrived" } } as const satisfies Targets;
type Targets = Partial<Record<SubmissionState, Move>>;

/**
 * The submission's states and every move between them; what is not here is refused. Voting and the holding of a
 * decision are in the table before any policy reaches them, so that no second machine grows beside it.
 */
export const TRANSITIONS = {
  draft: { submitted: { by: "publisher", verb: "submit", holds: "the bytes are stored" }, expired: { by: "system", verb: "expire", holds: "the upload never finished" } },
  submitted: { checking: { by: "system", verb: "check", holds: "the checks are queued" }, ...withdraw, ...supersede },
  checking: {
    needs_changes: { by: "system", verb: "return", holds: "a blocking check failed" },
    triage: { by: "system", verb: "triage", holds: "every blocking check has a terminal result and none failed" },
    ...withdraw,
    ...supersede,
  },
  needs_changes: { expired: { by: "system", verb: "expire", holds: "90 days passed without the author" }, ...withdraw },
  triage: {
    fast_lane: { by: "system", verb: "fast-track", holds: "the policy's routing allows it" },
    in_review: { by: "system", verb: "queue", holds: "the policy asks for a person" },
    voting: { by: "system", verb: "open vote", holds: "the policy asks for a vote" },
    ...withdraw,
    ...supersede,
  },
  fast_lane: { approved: { by: "system", verb: "approve", holds: "the policy decides alone" }, held: { by: "system", verb: "hold", holds: "the policy wants a waiting time" }, ...withdraw, ...supersede },
  in_review: {
    approved: { by: "reviewer", verb: "approve", holds: "the reviewer satisfies the policy's independence rule" },
    held: { by: "reviewer", verb: "hold", holds: "the policy wants a second reviewer" },
    needs_changes: { by: "reviewer", verb: "request_changes", holds: "a reason is given" },
    rejected: { by: "reviewer", verb: "reject", holds: "a reason is given" },
    ...withdraw,
    ...supersede,
  },
  voting: {
    held: { by: "quorum", verb: "pass", holds: "the vote passed" },
    in_review: { by: "system", verb: "return to review", holds: "no quorum" },
    rejected: { by: "quorum", verb: "reject", holds: "the vote failed" },
    ...withdraw,
    ...supersede,
  },
  held: { approved: { by: "second-reviewer", verb: "approve", holds: "a second reviewer agrees" }, rejected: { by: "second-reviewer", verb: "reject", holds: "a reason is given" }, ...withdraw, ...supersede },
  approved: { published: { by: "system", verb: "publish", holds: "the outbox carries it out, once" } },
  published: {},
  rejected: { in_review: { by: "system", verb: "overturn", holds: "an appeal was upheld" } },
  withdrawn: {},
  superseded: {},
  expired: {},
} as const satisfies Record<SubmissionState, Targets>;

/** The move from one state to another, or null where the table has none. */
export function findMove(from: SubmissionState, to: SubmissionState): Move | null {
  return (TRANSITIONS[from] as Targets)[to] ?? null;
}

/** Verbs that a person could use from this state. */
export function movesFrom(state: SubmissionState): { verb: string; to: SubmissionState; by: Mover }[] {
  return Object.entries(TRANSITIONS[state] as Targets).map(([to, move]) => ({ verb: move.verb, to: to as SubmissionState, by: move.by }));
}

/** States in which a submission holds its version and its channel. */
export const OPEN_STATES = ["draft", "submitted", "checking", "triage", "fast_lane", "in_review", "voting", "held", "approved"] as const satisfies SubmissionState[];
/** States that wait for a person. */
export const WAITING_STATES = ["in_review", "voting", "held"] as const satisfies SubmissionState[];
