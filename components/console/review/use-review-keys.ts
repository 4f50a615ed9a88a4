"use client";

import { useRouter } from "next/navigation";
import { focusDecision } from "#components/console/review/focus-decision.ts";
import { useKeyboardShortcuts } from "#components/console/review/use-keyboard-shortcuts.ts";

interface ReviewKeys {
  next: string | null;
  previous: string | null;
  onHelp: () => void;
}

/** The keys of the review desk: `j` and `k` walk the queue, `a`, `c` and `r` lead to a decision, `?` explains. */
export function useReviewKeys({ next, previous, onHelp }: ReviewKeys): void {
  const router = useRouter();
  const open = (id: string | null) => {
    if (id !== null) router.push(`/review/${id}`);
  };
  useKeyboardShortcuts({
    j: () => open(next),
    k: () => open(previous),
    a: () => focusDecision("approve"),
    c: () => focusDecision("request_changes"),
    r: () => focusDecision("reject"),
    "?": onHelp,
  });
}
