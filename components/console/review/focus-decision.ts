import type { Decision } from "#components/console/review/use-decision.ts";

export const REASON_ID = "decision-reason";

/** The element id of a decision's button. */
export function decisionButtonId(decision: Decision): string {
  return `decide-${decision}`;
}

/** Puts the keyboard where a decision goes on: on the reason while it is empty, then on the button itself. */
export function focusDecision(decision: Decision): void {
  const reason = document.getElementById(REASON_ID);
  const empty = reason instanceof HTMLTextAreaElement && reason.value.trim() === "";
  (empty ? reason : document.getElementById(decisionButtonId(decision)))?.focus();
}
