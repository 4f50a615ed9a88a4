"use client";

import { Alert } from "#components/ui/alert.tsx";
import { Button } from "#components/ui/button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { SubmissionDetailView } from "#lib/submissions/schema.ts";
import { ConsolePage } from "#components/console/console-page.tsx";
import { ChecksPanel } from "#components/console/submission/checks-panel.tsx";
import { DecisionList } from "#components/console/submission/decision-list.tsx";
import { NextStep } from "#components/console/submission/next-step.tsx";
import { PublishedPanel } from "#components/console/submission/published-panel.tsx";
import { StageLine } from "#components/console/submission/stage-line.tsx";
import { StateBadge } from "#components/console/submission/state-badge.tsx";
import { SubmissionFacts } from "#components/console/submission/submission-facts.tsx";
import { useSubmission } from "#components/console/submission/use-submission.ts";
import { WithdrawSubmission } from "#components/console/submission/withdraw-submission.tsx";

/** One submission from sending to publication, kept current while it moves. */
export function SubmissionDesk({ initial }: { initial: SubmissionDetailView }) {
  const { submission, problem, refresh } = useSubmission(initial);
  return (
    <ConsolePage
      title={
        <>
          {submission.name} <span className="font-mono text-20 font-normal text-grey-11">{submission.version}</span>
        </>
      }
      lead={<code>{submission.listing}</code>}
      actions={
        <span className="flex h-9 items-center gap-3">
          <StateBadge state={submission.state} />
          <WithdrawSubmission submission={submission} onWithdrawn={refresh} />
        </span>
      }
    >
      <StageLine state={submission.state} />
      {problem === null ? null : (
        <Alert kind="warning" title="This page may be out of date" actions={<Button size="sm" onClick={() => void refresh()}>Look again</Button>}>
          {problem.answer.detail}
        </Alert>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <NextStep submission={submission} />
          {submission.state === "published" ? <PublishedPanel submission={submission} /> : null}
          {submission.decisions.length === 0 ? null : (
            <Panel title="Decisions" flush>
              <DecisionList decisions={submission.decisions} />
            </Panel>
          )}
          <ChecksPanel submission={submission} />
        </div>
        <Panel title="What was sent">
          <SubmissionFacts submission={submission} />
        </Panel>
      </div>
    </ConsolePage>
  );
}
