import { Finding } from "#components/ui/finding.tsx";
import type { ProblemView } from "#lib/http/schema.ts";
import { Excerpt } from "#components/console/findings/excerpt.tsx";
import { sortFindings } from "#components/console/findings/sort-findings.ts";
import type { FileTexts } from "#components/console/findings/use-file-texts.ts";

/** Findings, gravest first, each with the lines it is about. */
export function FindingsWithLines({ problems, texts, label }: { problems: readonly ProblemView[]; texts: FileTexts; label: string }) {
  return (
    <ul aria-label={label} className="flex flex-col divide-y rounded-md border bg-panel">
      {sortFindings(problems).map((problem, index) => {
        const text = problem.file === null ? undefined : texts.get(problem.file);
        return (
          <li key={`${problem.code}:${problem.file ?? ""}:${problem.line ?? ""}:${problem.pointer ?? ""}:${index}`} className="min-w-0 p-3">
            <Finding problem={problem}>
              {text === undefined || problem.line === null || problem.file === null ? null : <Excerpt text={text} line={problem.line} file={problem.file} severity={problem.severity} />}
            </Finding>
          </li>
        );
      })}
    </ul>
  );
}
