"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

interface WithdrawSubmissionProps {
  submission: SubmissionDetailView;
  onWithdrawn: () => Promise<unknown>;
}

/** Takes a submission back before it is decided; absent once that is not allowed any more. */
export function WithdrawSubmission({ submission, onWithdrawn }: WithdrawSubmissionProps) {
  const [open, setOpen] = useState(false);
  const withdraw = useAction(async () => {
    await callApi(`/api/v1/submissions/${submission.id}/withdraw`, { method: "POST", json: {} });
    setOpen(false);
    await onWithdrawn();
  });
  if (!submission.allowedMoves.some((move) => move === "withdraw" || move === "withdrawn")) return null;
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Withdraw
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Withdraw ${submission.listing} ${submission.version}?`}
        description="It leaves the queue and loses its place. You may send the same version again later, also with other bytes."
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it in the queue</Button>
            <Button variant="danger" pending={withdraw.busy} onClick={() => void withdraw.run()}>
              Withdraw submission
            </Button>
          </>
        }
      >
        <ProblemAlert problem={withdraw.problem} />
      </Dialog>
    </>
  );
}
