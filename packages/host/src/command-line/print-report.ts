import { drawExcerpt } from "./draw-excerpt.ts";
import type { Terminal } from "./open-terminal.ts";
import { countProblems, printProblem, printSuggestion } from "./print-problems.ts";
import type { ShownProblem } from "./shown-problem.ts";

/** The lines of a file that a finding names; null where there is no such text. */
export type SourceReader = (file: string) => Promise<readonly string[] | null>;

/** One line of a finding in a minified file says as much as fifty: so many findings of a file are shown with theirs. */
const MOST_EXCERPTS = 20;

/** Findings by file and line: place, severity, code, detail, the line itself with the place marked, and what to do. */
export async function printReport(print: Terminal["line"], problems: readonly ShownProblem[], sourceOf: SourceReader): Promise<void> {
  const groups = Map.groupBy([...problems].sort(byPlace), (problem) => problem.file);
  let first = true;
  for (const [file, found] of groups) {
    if (!first) print("");
    first = false;
    if (groups.size > 1) print({ style: "bold", text: file ?? "The package as a whole" }, { style: "dim", text: `  ${countProblems(found)}` });
    for (const [at, problem] of found.entries()) {
      printProblem(print, problem);
      if (at < MOST_EXCERPTS) await printExcerpt(print, problem, sourceOf);
      printSuggestion(print, problem);
    }
  }
}

async function printExcerpt(print: Terminal["line"], { file, line, column }: ShownProblem, sourceOf: SourceReader): Promise<void> {
  if (file === null || line === null) return;
  const text = (await sourceOf(file))?.[line - 1];
  if (text === undefined) return;
  const number = String(line).padStart(5);
  const excerpt = drawExcerpt(text, column ?? 1);
  print("  ", { style: "dim", text: `${number} | ` }, excerpt.line);
  print("  ", { style: "dim", text: `${" ".repeat(number.length)} | ` }, excerpt.caret.slice(0, -1), { style: "red", text: "^" });
}

/** What belongs to no file stands last. */
function byPlace(a: ShownProblem, b: ShownProblem): number {
  if (a.file !== b.file) return a.file === null ? 1 : b.file === null ? -1 : a.file < b.file ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
