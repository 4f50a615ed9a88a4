import { makeProblem, type Problem, type ProblemCode } from "@kosmarket/kit";
import { placeInText, type ParsedSource, type SourceUse } from "../source/index.ts";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

const MOST_FINDINGS = 50;

/** Finds code that is not in the package when it is reviewed, and ways around the sandbox. */
export const dynamicCodeCheck: Check = {
  id: "dynamic-code",
  severity: "B",
  title: "Code made or loaded at run time",
  needs: "sound-plugin",
  run(contents) {
    const findings: Problem[] = [];
    for (const source of contents.sources()) {
      const { uses } = source;
      findings.push(...uses.escapes.slice(0, MOST_FINDINGS).map((use) => report("source.sandbox-escape", "B", source, use, "reaches around the sandbox; no permission grants it.", "Leave it out and use the host's bus.")));
      findings.push(...uses.remoteCode.slice(0, MOST_FINDINGS).map((use) => report("source.remote-code", "H", source, use, "loads code that was not reviewed.", "Put the code into the package, or declare it under `dependencies`.")));
      findings.push(...uses.dynamicCode.slice(0, MOST_FINDINGS).map((use) => report("source.dynamic-code", "H", source, use, "runs code that is made at run time.", "Write the code out; a person has to read what runs.")));
    }
    return { lookedAt: `Calls and imports in ${countOf(contents.sources().length, "source file")}.`, findings: findings.slice(0, MOST_FINDINGS) };
  },
};

function report(code: ProblemCode, severity: "B" | "H", source: ParsedSource, use: SourceUse, sentence: string, suggestion: string): Problem {
  return makeProblem({ code, check: "dynamic-code", severity, file: source.path, ...placeInText(source.text, use.offset), detail: `\`${use.name}\` ${sentence}`, suggestion });
}
