import { makeProblem } from "@kosmarket/kit";
import type { Check } from "./check.ts";

/** The manifest is there, once, and says only what the format allows. */
export const manifestCheck: Check = {
  id: "manifest",
  severity: "B",
  title: "Manifest",
  needs: "nothing",
  run(contents) {
    const findings = contents.manifestProblems.map((found) => makeProblem({ ...found, check: "manifest" }));
    return { lookedAt: contents.manifestFile === null ? "The root of the package." : `Every field of ${contents.manifestFile}.`, findings };
  },
};
