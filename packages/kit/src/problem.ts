import type { ProblemCode } from "./problem-codes.ts";

/** B blocks, H holds for a person, W warns, I informs. */
export type Severity = "B" | "H" | "W" | "I";

/**
 * One finding, in the form that `validate`, the command line and
 * `application/problem+json` answers share. `line` and `column` count from 1
 * (columns in UTF-16 units); `pointer` is an RFC 6901 JSON pointer.
 */
export interface Problem {
  code: ProblemCode;
  severity: Severity;
  check: string;
  file: string | null;
  line: number | null;
  column: number | null;
  pointer: string | null;
  detail: string;
  suggestion: string | null;
}

/** What a check must say; everything else is unknown until a place is found. */
export type ProblemInput = Pick<Problem, "code" | "detail"> & Partial<Omit<Problem, "code" | "detail">>;

/** Completes a finding: blocking unless said otherwise, `check` from the code's first part. */
export function makeProblem(input: ProblemInput): Problem {
  return {
    code: input.code,
    severity: input.severity ?? "B",
    check: input.check ?? input.code.slice(0, input.code.indexOf(".")),
    file: input.file ?? null,
    line: input.line ?? null,
    column: input.column ?? null,
    pointer: input.pointer ?? null,
    detail: input.detail,
    suggestion: input.suggestion ?? null,
  };
}

/** True when nothing in the list blocks. */
export function hasNoBlocker(problems: readonly Problem[]): boolean {
  return problems.every((problem) => problem.severity !== "B");
}

/** More faults than a person reads at once, and few enough that a hostile file cannot make the answer large. */
export const MOST_PROBLEMS = 200;

/**
 * The first faults of a list. When some are left out, the last entry says so and
 * blocks as a whole, so that nothing passes because its fault was not listed.
 */
export function capProblems(problems: readonly Problem[]): Problem[] {
  if (problems.length <= MOST_PROBLEMS) return [...problems];
  const shown = problems.slice(0, MOST_PROBLEMS);
  const { file = null, line = 1, column = 1 } = shown.at(-1) ?? {};
  const left = problems.length - MOST_PROBLEMS;
  const detail = `${left} more faults are not listed.`;
  return [...shown, makeProblem({ code: "manifest.too-many-problems", file, line, column, pointer: "", detail, suggestion: "Correct these first." })];
}
