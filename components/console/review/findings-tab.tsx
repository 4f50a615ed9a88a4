"use client";

import { useCallback } from "react";
import { InlineText } from "#components/ui/inline-text.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { callApiForText } from "#components/console/api/call-api.ts";
import { describeCount } from "#components/console/describe-amount.ts";
import { FindingsWithLines } from "#components/console/findings/findings-with-lines.tsx";
import { useFileTexts } from "#components/console/findings/use-file-texts.ts";
import { fileAddress } from "#components/console/submission/file-address.ts";

/** Every finding of every check beside its line, and what ran without any. */
export function FindingsTab({ submission }: { submission: SubmissionDetailView }) {
  const { id, checks } = submission;
  const findings = checks.flatMap((check) => check.findings);
  const read = useCallback((path: string) => callApiForText(fileAddress(id, path)), [id]);
  const texts = useFileTexts(findings, read);
  const clean = checks.filter((check) => check.status === "passed" && check.findings.length === 0);
  const unfinished = checks.filter((check) => check.status === "errored" || check.finishedAt === null);
  return (
    <div className="flex flex-col gap-4">
      {findings.length === 0 ? <p>No check found anything.</p> : <FindingsWithLines label="Findings" problems={findings} texts={texts} />}
      {unfinished.length === 0 ? null : (
        <p className="text-amber-ink">
          Without a result, which is not a pass: {unfinished.map((check) => check.title).join(", ")}.
        </p>
      )}
      {clean.length === 0 ? null : (
        <details>
          <summary className="link text-13">{describeCount(clean.length, "check")} passed without a finding</summary>
          <ul className="mt-2 flex flex-col gap-1 text-13 text-grey-11">
            {clean.map((check) => (
              <li key={check.id}>
                {check.title}: <InlineText text={check.lookedAt} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
