"use client";

import { CircleCheck, CircleDashed, CircleHelp, CircleX, LoaderCircle, TriangleAlert } from "lucide-react";
import { InlineText } from "#components/ui/inline-text.tsx";
import { joinClasses } from "#components/ui/join-classes.ts";
import type { CheckResultView } from "#lib/submissions/schema.ts";
import { FindingsWithLines } from "#components/console/findings/findings-with-lines.tsx";
import type { FileTexts } from "#components/console/findings/use-file-texts.ts";

const STATUS = {
  queued: { word: "waiting", Icon: CircleDashed, ink: "text-grey-10" },
  running: { word: "running", Icon: LoaderCircle, ink: "text-blue-ink [&]:animate-spin" },
  passed: { word: "passed", Icon: CircleCheck, ink: "text-green-ink" },
  warned: { word: "passed with findings", Icon: TriangleAlert, ink: "text-amber-ink" },
  failed: { word: "failed", Icon: CircleX, ink: "text-red-ink" },
  errored: { word: "could not run", Icon: CircleHelp, ink: "text-amber-ink" },
} as const satisfies Record<CheckResultView["status"], { word: string; Icon: typeof CircleCheck; ink: string }>;

/** Every check with what it looked at and what it found; those with findings come first once all have finished. */
export function CheckList({ checks, texts }: { checks: readonly CheckResultView[]; texts: FileTexts }) {
  return (
    <ul aria-label="Checks" className="flex flex-col divide-y">
      {inReadingOrder(checks).map((check) => (
        <CheckRow key={check.id} check={check} texts={texts} />
      ))}
    </ul>
  );
}

/** While checks run their order stays put; afterwards those that found something grave come first. */
function inReadingOrder(checks: readonly CheckResultView[]): readonly CheckResultView[] {
  if (checks.some((check) => check.finishedAt === null)) return checks;
  return checks.toSorted((a, b) => ATTENTION.indexOf(a.status) - ATTENTION.indexOf(b.status));
}

const ATTENTION: readonly CheckResultView["status"][] = ["failed", "errored", "warned", "running", "queued", "passed"];

function CheckRow({ check, texts }: { check: CheckResultView; texts: FileTexts }) {
  const { word, Icon, ink } = STATUS[check.status];
  return (
    <li className="flex min-w-0 flex-col gap-2 px-4 py-2.5">
      <div className="flex items-start gap-3">
        <Icon aria-hidden className={joinClasses("mt-0.5 size-4 shrink-0", ink)} />
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-3">
          <p className="font-medium">{check.title}</p>
          <p className="text-12 text-grey-11">{describeOutcome(check, word)}</p>
          <p className="w-full text-13 text-grey-11">
            <InlineText text={check.lookedAt} />
          </p>
        </div>
      </div>
      {check.findings.length === 0 ? null : (
        <div className="min-w-0 sm:pl-7">
          <FindingsWithLines label={`Findings of ${check.title}`} problems={check.findings} texts={texts} />
        </div>
      )}
    </li>
  );
}

function describeOutcome(check: CheckResultView, word: string): string {
  if (check.startedAt === null || check.finishedAt === null) return word;
  const milliseconds = new Date(check.finishedAt).getTime() - new Date(check.startedAt).getTime();
  return milliseconds < 1000 ? `${word} in ${milliseconds} ms` : `${word} in ${(milliseconds / 1000).toFixed(1)} s`;
}
