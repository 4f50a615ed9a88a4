"use client";

import { CircleCheck } from "lucide-react";
import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { Progress } from "#components/ui/progress.tsx";
import { describeBytes, describeCount } from "#components/console/describe-amount.ts";
import { FindingsWithLines } from "#components/console/findings/findings-with-lines.tsx";
import { countFindings } from "#components/console/findings/sort-findings.ts";
import { useFileTexts } from "#components/console/findings/use-file-texts.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import type { ChosenUpload } from "#components/console/publish/use-chosen-upload.ts";
import type { Validation } from "#components/console/publish/use-validation.ts";

interface ValidationResultProps {
  chosen: ChosenUpload;
  validation: Validation;
  onRetry: () => void;
}

/** The dry run: bytes on their way, then every problem beside its line. */
export function ValidationResult({ chosen, validation, onRetry }: ValidationResultProps) {
  const problems = validation.phase === "done" ? validation.answer.problems : NONE;
  const texts = useFileTexts(problems, chosen.read);
  return (
    <div aria-live="polite" className="flex flex-col gap-3">
      {validation.phase === "running" ? <Checking progress={validation.progress} /> : null}
      {validation.phase === "failed" ? (
        <ProblemAlert problem={validation.problem} actions={<Button size="sm" onClick={onRetry}>Check again</Button>} />
      ) : null}
      {validation.phase === "done" ? <Verdict counts={countFindings(problems)} /> : null}
      {problems.length === 0 ? null : <FindingsWithLines label="Problems found" problems={problems} texts={texts} />}
    </div>
  );
}

const NONE: [] = [];

function Checking({ progress }: { progress: { sentBytes: number; totalBytes: number } | null }) {
  const sent = progress !== null && progress.sentBytes >= progress.totalBytes;
  if (progress === null || sent) return <Progress label="Checking" value={null} max={1} detail={sent ? "the file has arrived" : "starting"} />;
  return <Progress label="Sending for the checks" value={progress.sentBytes} max={progress.totalBytes} detail={`${describeBytes(progress.sentBytes)} of ${describeBytes(progress.totalBytes)}`} />;
}

function Verdict({ counts }: { counts: Record<"B" | "H" | "W" | "I", number> }) {
  if (counts.B > 0) {
    return (
      <Alert kind="error" title={`${describeCount(counts.B, "problem blocks", "problems block")} publishing`}>
        Mend what is marked “Blocks”, pack the file again and drop it here.
      </Alert>
    );
  }
  const rest = counts.H + counts.W;
  if (rest > 0) {
    return (
      <Alert kind="warning" title={`Nothing blocks; ${describeCount(rest, "finding")} to read`}>
        {counts.H > 0 ? "What is marked “Holds” brings a person into the decision." : "Warnings are shown to the reviewer."}
      </Alert>
    );
  }
  return (
    <p className="flex items-center gap-2 text-green-ink">
      <CircleCheck aria-hidden className="size-4" />
      The checks that need only the file found nothing wrong.
    </p>
  );
}
