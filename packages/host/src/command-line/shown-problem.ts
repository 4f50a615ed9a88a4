import type { Problem } from "@kosmarket/kit";

/** A finding as it is printed: a registry newer than this program may name codes that `kit` does not know yet. */
export type ShownProblem = Omit<Problem, "code"> & { code: string };
