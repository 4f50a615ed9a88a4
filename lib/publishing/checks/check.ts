import type { Manifest } from "@kosmarket/kit";
import type { ProblemView } from "#lib/http/schema.ts";
import type { Prisma } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

/** A submission as checks see it: the row, as it was stored. */
export type Checked = Prisma.SubmissionGetPayload<Record<never, never>>;

export interface Outcome {
  /** One sentence: what was compared with what. */
  lookedAt: string;
  findings: ProblemView[];
}

/** One row of the table of checks that need the registry beside the bytes. */
export interface RegistryCheck {
  id: string;
  title: string;
  /** The gravest finding that it can make. */
  severity: ProblemView["severity"];
  /** Kinds of listing that it has something to say of. */
  kinds: readonly Manifest["kind"][];
  run: (deps: Deps, submission: Checked) => Promise<Outcome>;
}

/** A finding of a check; everything else is unknown until a place is found. */
export function finding(check: string, input: Pick<ProblemView, "code" | "severity" | "detail"> & Partial<ProblemView>): ProblemView {
  return { file: null, line: null, column: null, pointer: null, suggestion: null, ...input, check };
}
