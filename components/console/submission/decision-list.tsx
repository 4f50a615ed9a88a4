import { CircleCheck, CircleX, MessageSquareWarning } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { InlineText } from "#components/ui/inline-text.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { DecisionRecordView } from "#lib/submissions/schema.ts";

const WORDS = {
  approve: { label: "Approved", tone: "green", Icon: CircleCheck },
  request_changes: { label: "Changes requested", tone: "amber", Icon: MessageSquareWarning },
  reject: { label: "Rejected", tone: "red", Icon: CircleX },
} as const;

/** Who decided what, why, and under which revision of which policy. */
export function DecisionList({ decisions }: { decisions: readonly DecisionRecordView[] }) {
  return (
    <ul aria-label="Decisions" className="flex flex-col divide-y">
      {decisions.map((decision) => {
        const { label, tone, Icon } = WORDS[decision.decision];
        return (
          <li key={`${decision.decidedAt}:${decision.stateVersion}`} className="flex flex-col gap-2 p-4">
            <div className="flex flex-wrap items-center gap-2">
              <Badge tone={tone} icon={<Icon aria-hidden />}>
                {label}
              </Badge>
              <span className="text-13 text-grey-11">
                by {decision.decider}, <RelativeTime at={decision.decidedAt} />
              </span>
            </div>
            <p className="max-w-prose whitespace-pre-line">
              <InlineText text={decision.reason} />
            </p>
            <p className="text-12 text-grey-11">
              Policy <code>{decision.policy}</code>, revision <code>{decision.policyRevision}</code>
              {decision.note === null ? null : <>; {decision.note}</>}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
