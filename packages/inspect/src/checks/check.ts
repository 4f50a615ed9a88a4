import type { Problem, Severity } from "@kosmarket/kit";
import type { PackageContents } from "../package/package-contents.ts";

/** What must be there before a check can say anything. */
export type CheckNeeds = "nothing" | "manifest" | "sound-archive" | "sound-package" | "sound-plugin";

export interface CheckOutcome {
  /** one sentence: which files and fields were read */
  lookedAt: string;
  findings: Problem[];
}

/** One row of the table of checks. */
export interface Check {
  id: string;
  /** the gravest finding that it can make */
  severity: Severity;
  title: string;
  needs: CheckNeeds;
  run: (contents: PackageContents) => CheckOutcome | Promise<CheckOutcome>;
}
