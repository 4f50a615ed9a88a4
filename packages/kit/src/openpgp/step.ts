import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";

/** A step's outcome: what the next step needs, or why to stop. */
export type Step<T> = { value: T } | { problem: Problem };

/** Stops a verification with one problem of the check `signature`. */
export function stop(code: Problem["code"], detail: string, suggestion: string | null = null): { problem: Problem } {
  return { problem: signatureProblem(code, detail, suggestion) };
}

export function signatureProblem(code: Problem["code"], detail: string, suggestion: string | null = null): Problem {
  return makeProblem({ code, check: "signature", detail, suggestion });
}

/** What a library said of hostile input, short enough to show. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : "unknown reason";
}
