import { joinClasses } from "#components/ui/join-classes.ts";
import type { ProblemView } from "#lib/http/schema.ts";
import { excerptLines } from "#components/console/findings/excerpt-lines.ts";

const MARK = {
  B: { line: "bg-red-tint", sign: "text-red-ink" },
  H: { line: "bg-amber-tint", sign: "text-amber-ink" },
  W: { line: "bg-amber-tint", sign: "text-amber-ink" },
  I: { line: "bg-grey-4", sign: "text-grey-11" },
} as const satisfies Record<ProblemView["severity"], { line: string; sign: string }>;

interface ExcerptProps {
  text: string;
  line: number;
  file: string;
  severity: ProblemView["severity"];
}

/** The lines of a file around one that a finding points at, with that line marked by colour and by a sign. */
export function Excerpt({ text, line, file, severity }: ExcerptProps) {
  const lines = excerptLines(text, line);
  if (lines.length === 0) return null;
  return (
    <pre tabIndex={0} aria-label={`${file}, line ${line} and its neighbours`} className="mt-1 overflow-x-auto rounded-md border bg-grey-2 py-1.5 text-13">
      <code>
        {lines.map((row) => (
          <span key={row.number} className={joinClasses("flex w-max min-w-full pr-4", row.offending && MARK[severity].line)}>
            <span aria-hidden className={joinClasses("w-4 shrink-0 text-center select-none", row.offending ? MARK[severity].sign : "text-transparent")}>
              ›
            </span>
            <span aria-hidden className="w-9 shrink-0 pr-3 text-right text-grey-11 select-none">
              {row.number}
            </span>
            {row.offending ? <span className="sr-only">Line {row.number}, the one meant: </span> : null}
            <span className="whitespace-pre">{row.text === "" ? " " : row.text}</span>
          </span>
        ))}
      </code>
    </pre>
  );
}
