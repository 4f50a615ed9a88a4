import type { Severity } from "@kosmarket/kit";
import type { Style, Terminal } from "./open-terminal.ts";
import type { ShownProblem } from "./shown-problem.ts";

const SEVERITIES = {
  B: { style: "red", one: "blocking", many: "blocking" },
  H: { style: "yellow", one: "for a person to judge", many: "for a person to judge" },
  W: { style: "yellow", one: "warning", many: "warnings" },
  I: { style: "cyan", one: "note", many: "notes" },
} as const satisfies Record<Severity, { style: Style; one: string; many: string }>;

/** One line per problem, `file:line:column severity code detail`, and its suggestion below. */
export function printProblems(print: Terminal["line"], problems: readonly ShownProblem[]): void {
  for (const problem of problems) {
    printProblem(print, problem);
    printSuggestion(print, problem);
  }
}

export function printProblem(print: Terminal["line"], problem: ShownProblem): void {
  const { style } = SEVERITIES[problem.severity];
  print({ style: "bold", text: placeOf(problem) }, " ", { style, text: problem.severity }, " ", { style: "dim", text: problem.code }, ` ${problem.detail}`);
}

export function printSuggestion(print: Terminal["line"], { suggestion }: ShownProblem): void {
  if (suggestion !== null) print(`    ${suggestion}`);
}

function placeOf({ file, line, column, pointer }: ShownProblem): string {
  const name = file ?? "-";
  if (line !== null) return `${name}:${line}:${column ?? 1}`;
  return pointer === null || pointer === "" ? name : `${name}#${pointer}`;
}

/** Such as `2 blocking, 1 warning`; "no problems" for none. */
export function countProblems(problems: readonly ShownProblem[]): string {
  const parts = (["B", "H", "W", "I"] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? SEVERITIES[severity].one : SEVERITIES[severity].many}`];
  });
  return parts.length === 0 ? "no problems" : parts.join(", ");
}
