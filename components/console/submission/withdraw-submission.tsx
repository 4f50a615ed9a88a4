"use client";

import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { callApi } from "#components/console/api/call-api.ts";
import { DialogForm } from "#components/console/dialog-form.tsx";

interface WithdrawSubmissionProps {
  submission: SubmissionDetailView;
  onWithdrawn: () => Promise<unknown>;
}

/** Takes a submission back before it is decided; absent once that is not allowed any more. */
export function WithdrawSubmission({ submission, onWithdrawn }: WithdrawSubmissionProps) {
  if (!submission.allowedMoves.some((move) => move === "withdraw" || move === "withdrawn")) return null;
  const withdraw = async () => {
    await callApi(`/api/v1/submissions/${submission.id}/withdraw`, { method: "POST", json: {} });
    await onWithdrawn();
  };
  return <DialogForm danger label="Withdraw" title={`Withdraw ${submission.listing} ${submission.version}?`} description="It leaves the queue and loses its place. You may send the same version again later, also with other bytes." verb="Withdraw submission" keep="Keep it in the queue" perform={withdraw} />;
}
