import type { ProblemView } from "#lib/http/schema.ts";

const GRAVITY = { B: 0, H: 1, W: 2, I: 3 } as const satisfies Record<ProblemView["severity"], number>;

/** Findings in the order a person should read them: gravest first, then by file and line. */
export function sortFindings(problems: readonly ProblemView[]): ProblemView[] {
  return problems.toSorted(
    (a, b) => GRAVITY[a.severity] - GRAVITY[b.severity] || (a.file ?? "").localeCompare(b.file ?? "") || (a.line ?? 0) - (b.line ?? 0),
  );
}

/** How many findings there are of each severity. */
export function countFindings(problems: readonly ProblemView[]): Record<ProblemView["severity"], number> {
  const counts = { B: 0, H: 0, W: 0, I: 0 };
  for (const problem of problems) counts[problem.severity] += 1;
  return counts;
}
