import { Alert } from "#components/ui/alert.tsx";
import { describeDuration } from "#components/ui/describe-age.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { STATE_DESCRIPTIONS } from "#components/console/submission/states.ts";

const KIND = { neutral: "info", progress: "info", attention: "warning", good: "success", bad: "error" } as const;

/** What happens next and who acts, with the place in the queue and how old the queue is. */
export function NextStep({ submission }: { submission: SubmissionDetailView }) {
  const { state, next, position, queueAgeSeconds, publisher } = submission;
  const again = state === "needs_changes" || state === "rejected" || state === "withdrawn";
  return (
    <div role="status">
      <Alert
        kind={KIND[STATE_DESCRIPTIONS[state].tone]}
        title={next}
        actions={again ? <LinkButton href={`/publish?publisher=${publisher.slug}`} size="sm">Publish new bytes</LinkButton> : undefined}
      >
        {position === null ? null : (
          <p>
            {/* The step's own sentence may have named the place already. */}
            {next.includes(`place ${position} in the queue`) ? null : `Place ${position} in the review queue. `}
            {queueAgeSeconds === null ? null : `The oldest submission in the queue has waited ${describeDuration(queueAgeSeconds)}.`}
          </p>
        )}
      </Alert>
    </div>
  );
}
