import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { InlineText } from "#components/ui/inline-text.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { describeChange } from "#components/console/review/describe-change.ts";

interface ChangeBannerProps {
  reading: SubmissionDetailView;
  live: SubmissionDetailView;
  /** A decision was just refused because of this change. */
  refused: boolean;
  onAdopt: () => void;
}

/** Someone else acted: what changed since this copy was read. Absent while it is current. */
export function ChangeBanner({ reading, live, refused, onAdopt }: ChangeBannerProps) {
  if (reading.stateVersion === live.stateVersion) return null;
  const changes = describeChange(reading, live);
  return (
    <Alert
      kind="warning"
      live
      title={refused ? "Nothing was decided: the submission changed while you were reading" : "The submission changed while you were reading"}
      actions={<Button size="sm" onClick={onAdopt}>Show the current state</Button>}
    >
      {changes.length === 0 ? (
        <p>It was changed and is in the same state again.</p>
      ) : (
        <ul className="list-disc pl-5">
          {changes.map((change) => (
            <li key={change}>
              <InlineText text={change} />
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
