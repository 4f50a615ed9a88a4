import { Lightbulb } from "lucide-react";
import type { ReactNode } from "react";
import type { ProblemView } from "#lib/http/schema.ts";
import { InlineText } from "#components/ui/inline-text.tsx";
import { joinClasses } from "#components/ui/join-classes.ts";
import { SeverityBadge } from "#components/ui/severity-badge.tsx";

/** Where a problem is: `plugin.yaml:12:3`, or the pointer when the text has no place. */
function describePlace(problem: Pick<ProblemView, "file" | "line" | "column" | "pointer">): string | null {
  if (problem.file === null) return problem.pointer;
  const place = [problem.file, problem.line, problem.line === null ? null : problem.column].filter((part) => part !== null).join(":");
  return problem.line === null && problem.pointer ? `${place} ${problem.pointer}` : place;
}

/** One problem: how grave, what, where, what to do. `children` may show the offending lines. */
export function Finding({ problem, className, children }: { problem: ProblemView; className?: string; children?: ReactNode }) {
  const place = describePlace(problem);
  return (
    <div className={joinClasses("flex flex-col gap-1.5 text-14", className)}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <SeverityBadge severity={problem.severity} />
        {place ? <code className="text-13 break-all text-grey-12">{place}</code> : null}
        <code className="text-12 text-grey-10">{problem.code}</code>
      </div>
      <p className="text-grey-12">
        <InlineText text={problem.detail} />
      </p>
      {problem.suggestion ? (
        <p className="flex items-start gap-1.5 text-grey-11">
          <Lightbulb aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>
            <InlineText text={problem.suggestion} />
          </span>
        </p>
      ) : null}
      {children}
    </div>
  );
}

/** All problems of an answer, gravest first as the caller ordered them. */
export function FindingList({ problems }: { problems: readonly ProblemView[] }) {
  return (
    <ul className="flex flex-col divide-y rounded-md border bg-panel">
      {problems.map((problem, index) => (
        <li key={`${problem.code}:${problem.pointer ?? ""}:${index}`} className="p-3">
          <Finding problem={problem} />
        </li>
      ))}
    </ul>
  );
}
