import { setTimeout as delay } from "node:timers/promises";
import { CommandError } from "../command-line/errors.ts";
import { SubmissionAnswer, type CheckProgress, type Submission } from "./answers.ts";
import { callRegistry } from "./call-registry.ts";

/** States in which the registry works on its own; any other waits for a person, or is an end. */
const RUNNING_STATES: ReadonlySet<string> = new Set(["draft", "submitted", "checking", "triage", "fast_lane", "approved"]);
/** States in which people of the registry have the next word. */
const REVIEW_STATES: ReadonlySet<string> = new Set(["in_review", "voting", "held"]);
const RUNNING_CHECKS: ReadonlySet<string> = new Set(["queued", "running"]);

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = { running: 2000, review: 15_000 };
const MAX_FAILURES = 5;

export interface FollowInput {
  registry: string;
  token: string;
  id: string;
  /** stay through the review, until the submission has ended */
  throughReview: boolean;
  /** called once for every check, when its result stands */
  onCheck: (check: CheckProgress) => void;
  /** called after every look */
  onState: (submission: Submission) => void;
}

/** One look at a submission. */
export async function readSubmission({ registry, token, id }: Pick<FollowInput, "registry" | "token" | "id">): Promise<Submission> {
  return callRegistry({ url: `${registry}/api/v1/submissions/${encodeURIComponent(id)}`, token }, SubmissionAnswer);
}

/** Looks again and again until nothing moves by itself any more; a registry that stumbles is asked again, a few times. */
export async function followSubmission(input: FollowInput): Promise<Submission> {
  const reported = new Set<string>();
  let pause = FIRST_PAUSE_MS;
  let failures = 0;
  for (;;) {
    const looked = await readSubmission(input).catch((error: unknown) => {
      if (!isPassing(error) || (failures += 1) >= MAX_FAILURES) throw error;
      return null;
    });
    if (looked !== null) {
      failures = 0;
      reportChecks(looked, reported, input.onCheck);
      input.onState(looked);
      const inReview = REVIEW_STATES.has(looked.state);
      if (!RUNNING_STATES.has(looked.state) && !(inReview && input.throughReview)) return looked;
      pause = Math.min(pause, inReview ? LONGEST_PAUSE_MS.review : LONGEST_PAUSE_MS.running);
    }
    await delay(pause);
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS.review);
  }
}

/** Whether a publisher has to act: sent back or refused. */
export function isSentBack(state: string): boolean {
  return state === "needs_changes" || state === "rejected";
}

function reportChecks(submission: Submission, reported: Set<string>, onCheck: FollowInput["onCheck"]): void {
  for (const check of submission.checks) {
    if (RUNNING_CHECKS.has(check.status) || reported.has(check.id)) continue;
    reported.add(check.id);
    onCheck(check);
  }
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof CommandError)) return false;
  return error.exitClass === "network" || error.members.status === 429;
}
