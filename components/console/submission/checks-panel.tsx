"use client";

import { useCallback } from "react";
import { Panel } from "#components/ui/panel.tsx";
import { Progress } from "#components/ui/progress.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { callApiForText } from "#components/console/api/call-api.ts";
import { describeCount } from "#components/console/describe-amount.ts";
import { useFileTexts } from "#components/console/findings/use-file-texts.ts";
import { CheckList } from "#components/console/submission/check-list.tsx";
import { fileAddress } from "#components/console/submission/file-address.ts";

/** The checks as they finish, with each finding beside its line of the submitted file. */
export function ChecksPanel({ submission }: { submission: SubmissionDetailView }) {
  const { id, checks } = submission;
  const read = useCallback((path: string) => callApiForText(fileAddress(id, path)), [id]);
  const texts = useFileTexts(checks.flatMap((check) => check.findings), read);
  const finished = checks.filter((check) => check.finishedAt !== null).length;
  const findings = checks.reduce((sum, check) => sum + check.findings.length, 0);
  const running = finished < checks.length;
  return (
    <Panel title="Checks" flush aside={`${finished} of ${checks.length} finished`}>
      {running ? (
        <div className="border-b p-4">
          <Progress label="Checks finished" value={finished} max={checks.length} detail={`${finished} of ${checks.length}`} />
        </div>
      ) : null}
      <p role="status" className="sr-only">
        {checks.length === 0 ? "Waiting for the checks" : `${finished} of ${describeCount(checks.length, "check")} finished, ${describeCount(findings, "finding")}`}
      </p>
      {checks.length === 0 ? <p className="p-4 text-grey-11">The checks are listed here as soon as a worker takes the submission.</p> : <CheckList checks={checks} texts={texts} />}
    </Panel>
  );
}
