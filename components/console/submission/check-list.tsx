"use client";

import { CircleCheck, CircleDashed, CircleHelp, CircleX, Hand, LoaderCircle, TriangleAlert } from "lucide-react";
import { InlineText } from "#components/ui/inline-text.tsx";
import { joinClasses } from "#components/ui/join-classes.ts";
import type { CheckResultView } from "#lib/submissions/schema.ts";
import { FindingsWithLines } from "#components/console/findings/findings-with-lines.tsx";
import type { FileTexts } from "#components/console/findings/use-file-texts.ts";

type Standing = CheckResultView["status"] | "needs_reviewer";

const STANDING = {
  queued: { word: "waiting", Icon: CircleDashed, ink: "text-grey-10" },
  running: { word: "running", Icon: LoaderCircle, ink: "text-blue-ink [&]:animate-spin" },
  passed: { word: "passed", Icon: CircleCheck, ink: "text-green-ink" },
  warned: { word: "passed with findings", Icon: TriangleAlert, ink: "text-amber-ink" },
  needs_reviewer: { word: "needs a reviewer", Icon: Hand, ink: "text-amber-ink" },
  failed: { word: "failed", Icon: CircleX, ink: "text-red-ink" },
  errored: { word: "could not run", Icon: CircleHelp, ink: "text-amber-ink" },
} as const satisfies Record<Standing, { word: string; Icon: typeof CircleCheck; ink: string }>;

/** Every check with what it looked at and what it found; those with findings come first once all have finished. */
export function CheckList({ checks, texts }: { checks: readonly CheckResultView[]; texts: FileTexts }) {
  return (
    <ul aria-label="Checks" className="flex flex-col divide-y">
      <RunSummary checks={checks} />
      {inReadingOrder(checks).map((check) => (
        <CheckRow key={check.id} check={check} texts={texts} />
      ))}
    </ul>
  );
}

/** While checks run their order stays put; afterwards those that found something grave come first. */
function inReadingOrder(checks: readonly CheckResultView[]): readonly CheckResultView[] {
  if (checks.some((check) => check.finishedAt === null)) return checks;
  return checks.toSorted((a, b) => ATTENTION.indexOf(standingOf(a)) - ATTENTION.indexOf(standingOf(b)));
}

const ATTENTION: readonly Standing[] = ["failed", "errored", "needs_reviewer", "warned", "running", "queued", "passed"];

/** What a finished check asks for: only a blocking finding fails it, one that holds asks for a person. */
function standingOf({ status, findings }: CheckResultView): Standing {
  if (status === "queued" || status === "running" || status === "errored") return status;
  if (findings.some((finding) => finding.severity === "B")) return "failed";
  if (findings.some((finding) => finding.severity === "H")) return "needs_reviewer";
  return status === "failed" && findings.length > 0 ? "warned" : status;
}

/** How the run went as a whole: the checks run together, so that a time for each would say nothing. */
function RunSummary({ checks }: { checks: readonly CheckResultView[] }) {
  const took = runMilliseconds(checks);
  if (took === null) return null;
  const passed = checks.filter((check) => ["passed", "warned"].includes(standingOf(check))).length;
  const share = passed === checks.length ? `All ${checks.length}` : `${passed} of ${checks.length}`;
  return (
    <li className="px-4 py-2.5 text-13 text-grey-11">
      {share} checks passed in {took < 1000 ? `${took} ms` : `${(took / 1000).toFixed(1)} s`}
    </li>
  );
}

/** From the first start to the last finish; null while a check has yet to start or finish. */
function runMilliseconds(checks: readonly CheckResultView[]): number | null {
  const starts = checks.flatMap((check) => (check.startedAt === null ? [] : [Date.parse(check.startedAt)]));
  const ends = checks.flatMap((check) => (check.finishedAt === null ? [] : [Date.parse(check.finishedAt)]));
  if (starts.length === 0 || ends.length < checks.length) return null;
  return Math.max(0, Math.max(...ends) - Math.min(...starts));
}

function CheckRow({ check, texts }: { check: CheckResultView; texts: FileTexts }) {
  const { word, Icon, ink } = STANDING[standingOf(check)];
  return (
    <li className="flex min-w-0 flex-col gap-2 px-4 py-2.5">
      <div className="flex items-start gap-3">
        <Icon aria-hidden className={joinClasses("mt-0.5 size-4 shrink-0", ink)} />
        <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-3">
          <p className="font-medium">{check.title}</p>
          <p className="text-12 text-grey-11">{word}</p>
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
