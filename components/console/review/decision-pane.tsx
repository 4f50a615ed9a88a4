"use client";

import { useState } from "react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { SelectField, TextareaField } from "#components/ui/field.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import type { ReviewBundleView, SubmissionDetailView } from "#lib/submissions/schema.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { CANNED_ANSWERS } from "#components/console/review/canned-answers.ts";
import { ClaimBox } from "#components/console/review/claim-box.tsx";
import { decisionButtonId, REASON_ID } from "#components/console/review/focus-decision.ts";
import { SelfApprovalNote } from "#components/console/review/self-approval-note.tsx";
import type { Deciding, Decision } from "#components/console/review/use-decision.ts";

interface DecisionPaneProps {
  bundle: ReviewBundleView;
  /** The state the reviewer reads and decides on. */
  reading: SubmissionDetailView;
  deciding: Deciding;
  onDecide: (decision: Decision, reason: string) => void;
  onClaimed: () => Promise<unknown>;
}

const BUTTONS = [
  { decision: "approve", label: "Approve", variant: "primary", shortcut: "a" },
  { decision: "request_changes", label: "Request changes", variant: "secondary", shortcut: "c" },
  { decision: "reject", label: "Reject", variant: "secondary", shortcut: "r" },
] as const;

function NothingToDecide({ reading }: { reading: SubmissionDetailView }) {
  return (
    <section aria-label="Decision" className="p-4">
      <Alert title="There is nothing to decide here now" actions={<LinkButton size="sm" href="/review">Back to the queue</LinkButton>}>
        {reading.next}
      </Alert>
    </section>
  );
}

/** Always in sight: the claim, the reason, and the three decisions. */
export function DecisionPane({ bundle, reading, deciding, onDecide, onClaimed }: DecisionPaneProps) {
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const { policy, viewerIsSubmitter } = bundle;
  const forbidden = viewerIsSubmitter && !policy.selfApproval;
  const offered = BUTTONS.filter(({ decision }) => reading.allowedMoves.includes(decision));
  const sending = deciding.phase === "sending" ? deciding.decision : null;

  const write = (text: string) => {
    setReason(text);
    setMissing(false);
  };
  const press = (decision: Decision) => {
    if (reason.trim() !== "") return onDecide(decision, reason.trim());
    setMissing(true);
    document.getElementById(REASON_ID)?.focus();
  };

  if (offered.length === 0) return <NothingToDecide reading={reading} />;
  return (
    <section aria-label="Decision" className="flex flex-col gap-4 p-4">
      <ClaimBox submission={reading} onClaimed={onClaimed} />
      <SelfApprovalNote policy={policy} viewerIsSubmitter={viewerIsSubmitter} />
      <AnswerPicker onPick={write} />
      <TextareaField
        id={REASON_ID}
        label="Reason"
        required
        rows={6}
        maxLength={4000}
        value={reason}
        onChange={(event) => write(event.target.value)}
        hint="Public, and part of the record."
        error={missing ? "Give a reason: it becomes part of the public record." : undefined}
      />
      <div className="flex flex-col gap-2">
        {offered.map(({ decision, label, variant, shortcut }) => (
          <div key={decision} className="grid grid-cols-[1fr_1.5rem] items-center gap-2">
            <Button id={decisionButtonId(decision)} variant={variant} pending={sending === decision} disabled={forbidden || (sending !== null && sending !== decision)} aria-keyshortcuts={shortcut} className={decision === "reject" ? "text-red-ink" : undefined} onClick={() => press(decision)}>
              {label}
            </Button>
            <Kbd>{shortcut}</Kbd>
          </div>
        ))}
      </div>
      <ProblemAlert problem={deciding.phase === "failed" ? deciding.problem : null} />
      <DecisionBasis policy={policy} />
    </section>
  );
}

function AnswerPicker({ onPick }: { onPick: (text: string) => void }) {
  const pick = (index: string) => {
    const answer = CANNED_ANSWERS[Number(index)];
    if (answer) onPick(answer.text);
  };
  return (
    <SelectField label="Begin with an answer" value="" onChange={(event) => pick(event.target.value)}>
      <option value="">Choose…</option>
      {CANNED_ANSWERS.map((answer, index) => (
        <option key={answer.label} value={index}>
          {answer.label} ({answer.clause})
        </option>
      ))}
    </SelectField>
  );
}

/** What the decision is bound to, beside the state that was read: it is refused when either has changed. */
function DecisionBasis({ policy }: { policy: ReviewBundleView["policy"] }) {
  return (
    <p className="text-12 text-grey-11">
      Bound to the policy <code>{policy.name}</code>, revision <code>{policy.revision}</code>.
    </p>
  );
}
