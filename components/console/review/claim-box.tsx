"use client";

import { Timer } from "lucide-react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";
import { useNow } from "#components/console/use-now.ts";

interface ClaimBoxProps {
  submission: SubmissionDetailView;
  onClaimed: () => Promise<unknown>;
}

/** Who is on it, and for how long; so that two reviewers do not read the same change twice. */
export function ClaimBox({ submission, onClaimed }: ClaimBoxProps) {
  const now = useNow(1_000);
  const claim = useAction(async () => {
    await callApi(`/api/v1/submissions/${submission.id}/claim`, { method: "POST", json: {} });
    await onClaimed();
  });
  const held = submission.claim;
  const secondsLeft = held === null || now === null ? null : Math.max(0, Math.round((new Date(held.until).getTime() - now) / 1000));
  if (held !== null && !held.mine && secondsLeft !== 0) {
    return (
      <Alert kind="warning" title={`${held.by} is reading this`}>
        Their claim ends <RelativeTime at={held.until} />. A decision of yours would cross theirs.
      </Alert>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      {held !== null && held.mine && secondsLeft !== 0 ? (
        <div className="flex items-center justify-between gap-2">
          <p role="timer" className="flex items-center gap-2 text-13">
            <Timer aria-hidden className="size-4 text-grey-10" />
            Yours for <span className="font-mono tabular-nums">{secondsLeft === null ? "…" : describeCountdown(secondsLeft)}</span>
          </p>
          <Button size="sm" pending={claim.busy} onClick={() => void claim.run()}>
            Renew
          </Button>
        </div>
      ) : (
        <div className="flex items-center justify-between gap-2">
          <p className="text-13 text-grey-11">{held === null ? "Nobody has claimed it." : "The claim has ended."}</p>
          <Button size="sm" pending={claim.busy} onClick={() => void claim.run()}>
            Claim for 20 minutes
          </Button>
        </div>
      )}
      <ProblemAlert problem={claim.problem} />
    </div>
  );
}

function describeCountdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
