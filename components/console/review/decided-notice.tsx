import { Alert } from "#components/ui/alert.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import type { Decision } from "#components/console/review/use-decision.ts";

const TITLES = {
  approve: "Approved",
  request_changes: "Changes requested",
  reject: "Rejected",
} as const satisfies Record<Decision, string>;

const MEANINGS = {
  approve: "It is published within moments; the record names you, your reason and the policy.",
  request_changes: "The publisher sees your reason and may send new bytes.",
  reject: "The publisher sees your reason and may appeal.",
} as const satisfies Record<Decision, string>;

interface DecidedNoticeProps {
  decision: Decision;
  /** The submission as it is now: after an approval it is watched until it is published. */
  live: SubmissionDetailView;
  nextId: string | null;
}

/** After a decision: what it means, and the next one. */
export function DecidedNotice({ decision, live, nextId }: DecidedNoticeProps) {
  const published = live.state === "published";
  return (
    <Alert
      kind="success"
      live
      title={published ? "Approved and published" : TITLES[decision]}
      actions={
        <>
          <LinkButton size="sm" variant="primary" href={nextId === null ? "/review" : `/review/${nextId}`}>
            {nextId === null ? "Back to the queue" : "Next in the queue"}
          </LinkButton>
          <LinkButton size="sm" href={published ? `/listings/${live.listing}` : `/submissions/${live.id}`}>
            {published ? "Open the listing" : "Follow the submission"}
          </LinkButton>
        </>
      }
    >
      {published ? "Hosts learn of it at their next poll. The record names you, your reason and the policy." : MEANINGS[decision]}
    </Alert>
  );
}
