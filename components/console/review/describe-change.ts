import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { STATE_DESCRIPTIONS } from "#components/console/submission/states.ts";

/**
 * Sentences for what happened to a submission between the copy a reviewer was
 * reading and the one that is stored now. Empty when only the version counter moved.
 */
export function describeChange(before: SubmissionDetailView, after: SubmissionDetailView): string[] {
  const changes: string[] = [];
  if (before.state !== after.state) {
    changes.push(`It moved from “${STATE_DESCRIPTIONS[before.state].label}” to “${STATE_DESCRIPTIONS[after.state].label}”.`);
  }
  for (const decision of after.decisions.slice(before.decisions.length)) {
    changes.push(`${decision.decider} decided “${DECISION_WORDS[decision.decision]}”: ${decision.reason}`);
  }
  if (before.artifact.sha256 !== after.artifact.sha256) changes.push("Other bytes were submitted in its place.");
  if (before.claim?.by !== after.claim?.by) {
    changes.push(after.claim === null ? "The claim ended." : `${after.claim.by} claimed it.`);
  }
  const finished = countFinished(after) - countFinished(before);
  if (finished > 0) changes.push(`${finished} more ${finished === 1 ? "check" : "checks"} finished.`);
  return changes;
}

/** The three decisions in words for a sentence. */
export const DECISION_WORDS = {
  approve: "approve",
  request_changes: "request changes",
  reject: "reject",
} as const;

function countFinished(submission: SubmissionDetailView): number {
  return submission.checks.filter((check) => check.finishedAt !== null).length;
}
