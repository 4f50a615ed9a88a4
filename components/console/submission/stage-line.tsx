import { Check, Circle, CircleDot, X } from "lucide-react";
import { joinClasses } from "#components/ui/join-classes.ts";
import type { SubmissionState } from "#lib/submissions/schema.ts";

const STAGES = ["Submitted", "Checks", "Review", "Decision", "Published"] as const;

interface StagePlace {
  /** Index of the stage a submission stands at. */
  at: number;
  /** Whether it ended there without being published. */
  ended: boolean;
}

const PLACE = {
  draft: { at: 0, ended: false },
  submitted: { at: 0, ended: false },
  checking: { at: 1, ended: false },
  needs_changes: { at: 1, ended: true },
  triage: { at: 2, ended: false },
  fast_lane: { at: 2, ended: false },
  in_review: { at: 2, ended: false },
  voting: { at: 2, ended: false },
  held: { at: 2, ended: false },
  approved: { at: 4, ended: false },
  published: { at: 5, ended: false },
  rejected: { at: 3, ended: true },
  withdrawn: { at: 2, ended: true },
  superseded: { at: 2, ended: true },
  expired: { at: 2, ended: true },
} as const satisfies Record<SubmissionState, StagePlace>;

/** How far a submission has come, in five steps. */
export function StageLine({ state }: { state: SubmissionState }) {
  const { at, ended } = PLACE[state];
  return (
    <ol aria-label="Progress" className="flex flex-wrap gap-x-2 gap-y-1 text-13">
      {STAGES.map((stage, index) => {
        const step = index < at ? "done" : index > at ? "ahead" : ended ? "ended" : "now";
        const { Icon, ink, word } = STEP_STYLE[step];
        return (
          <li key={stage} aria-current={step === "now" ? "step" : undefined} className={joinClasses("flex items-center gap-1.5", ink)}>
            <Icon aria-hidden className="size-4" />
            {stage}
            <span className="sr-only">, {word}</span>
            {index < STAGES.length - 1 ? <span aria-hidden className="ml-1 hidden h-px w-6 bg-grey-7 sm:block" /> : null}
          </li>
        );
      })}
    </ol>
  );
}

const STEP_STYLE = {
  done: { Icon: Check, ink: "text-green-ink", word: "done" },
  now: { Icon: CircleDot, ink: "font-medium text-grey-12", word: "now" },
  ahead: { Icon: Circle, ink: "text-grey-10", word: "ahead" },
  ended: { Icon: X, ink: "font-medium text-red-ink", word: "ended here" },
} as const;
