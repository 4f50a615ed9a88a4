import { makeProblem, type Problem } from "@kosmarket/kit";
import type { FaultList } from "./archive-types.ts";

// A hostile archive can carry thousands of faults; nobody reads more than a page of them.
const MOST_FAULTS = 200;

/** Collects structural faults, each blocking and once per place, up to a page of them. */
export function createFaultList(): FaultList {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const take = (problem: Problem): void => {
    const key = `${problem.code}\n${problem.file ?? ""}`;
    if (seen.has(key) || problems.length >= MOST_FAULTS) return;
    seen.add(key);
    problems.push(problem);
  };
  return {
    problems,
    add: (code, file, detail, suggestion) => take(makeProblem({ code, check: "archive", severity: "B", detail, file: file === null ? null : printable(file), suggestion: suggestion ?? null })),
    join: (other) => other.problems.forEach(take),
  };
}

// Names in reports are shown in terminals and pages: nothing that moves a cursor or turns text around.
function printable(name: string): string {
  return name.slice(0, 300).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (c) => `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`);
}
