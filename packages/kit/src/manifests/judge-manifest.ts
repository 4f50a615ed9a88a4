import type { z } from "zod";
import { isWithinPointer } from "../json-pointer.ts";
import type { ProblemCode } from "../problem-codes.ts";
import type { Problem } from "../problem.ts";
import { capProblems, makeProblem } from "../problem.ts";
import type { StrictYaml } from "../yaml/read-strict-yaml.ts";
import { findSecrets } from "./find-secrets.ts";
import { mapIssues } from "./map-issues.ts";
import { parseWithSchema } from "./parse-with-schema.ts";

interface JudgeInput<T> {
  yaml: StrictYaml;
  file: string;
  schema: z.ZodType<T>;
  /** The kind's own rules over the raw data. */
  rules: (root: unknown) => Problem[];
  /** What the root should have been, in words. */
  rootDescription: string;
}

export interface JudgedManifest<T> {
  value: T | null;
  problems: Problem[];
}

/**
 * Everything that is wrong with a manifest, in one list and in reading order:
 * what the YAML reader found, what the schema found, the kind's own rules, and
 * secrets.
 */
export function judgeManifest<T>(input: JudgeInput<T>): JudgedManifest<T> {
  const { yaml, file } = input;
  if (yaml.value === undefined) return { value: null, problems: inReadingOrder(yaml.problems) };
  if (typeof yaml.value !== "object" || yaml.value === null || Array.isArray(yaml.value)) {
    return { value: null, problems: inReadingOrder([...yaml.problems, wrongRoot(input)]) };
  }
  const parsed = parseWithSchema(input.schema, yaml.value);
  const found = [
    ...mapIssues(parsed.issues, { yaml, file, schema: input.schema }),
    ...[...input.rules(yaml.value), ...findSecrets(yaml.value)].map((problem) => placed(problem, yaml, file)),
  ];
  const fresh = found.filter((problem) => !yaml.problems.some((earlier) => explains(earlier, problem)));
  return { value: parsed.value, problems: capProblems(inReadingOrder(withoutRepeats([...yaml.problems, ...fresh]))) };
}

/** Codes of values that the reader could not carry: they stand as null, so what the schema says of them is noise. */
const LOST_VALUE_CODES: ReadonlySet<ProblemCode> = new Set(["yaml.alias", "yaml.number-range"]);

function explains(earlier: Problem, later: Problem): boolean {
  if (earlier.pointer === null || later.pointer === null) return false;
  return LOST_VALUE_CODES.has(earlier.code) && isWithinPointer(later.pointer, earlier.pointer);
}

function placed(problem: Problem, yaml: StrictYaml, file: string): Problem {
  const place = problem.pointer === null ? null : yaml.locate(problem.pointer);
  return { ...problem, file, ...(place ?? { line: 1, column: 1 }) };
}

function wrongRoot(input: JudgeInput<unknown>): Problem {
  return makeProblem({ code: "manifest.wrong-kind", check: "manifest", file: input.file, line: 1, column: 1, pointer: "", detail: input.rootDescription });
}

function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const identity = JSON.stringify([problem.code, problem.line, problem.column, problem.pointer, problem.detail]);
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

function inReadingOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
