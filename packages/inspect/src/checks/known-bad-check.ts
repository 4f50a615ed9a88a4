import { makeProblem, type Problem, type ProblemCode } from "@kosmarket/kit";
import { placeInText, type ParsedSource, type SourceUse } from "../source/index.ts";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

const MOST_FINDINGS = 50;

/** Refuses what only attacks do, and plugins that rewrite themselves past the review. Read from texts and calls of the syntax tree. */
export const knownBadCheck: Check = {
  id: "known-bad",
  severity: "B",
  title: "Known attacks and self-updates",
  needs: "sound-plugin",
  run(contents) {
    const sources = contents.sources();
    // Beside a module, sources are what it was built with: the host runs none of them.
    const runs = contents.plugin?.runtime !== "wasm";
    const findings = sources.flatMap((source) => [
      ...source.uses.knownBad.map((use) => report("source.known-bad", source, use, `This text ${use.name}; no plugin has an honest use for it.`, "Leave it out. If a plugin that guards against it needs the text, ask a reviewer before you publish.")),
      ...(runs ? source.uses.selfWrites : []).map((use) => report("source.self-update", source, use, `\`${use.name}\` writes where the plugin itself lies, so that what runs later is not what was reviewed.`, "Keep data in `host.storage`, and publish a new version.")),
    ]);
    return { lookedAt: `Texts and calls in ${countOf(sources.length, "source file")}.`, findings: findings.slice(0, MOST_FINDINGS) };
  },
};

function report(code: ProblemCode, source: ParsedSource, use: SourceUse, detail: string, suggestion: string): Problem {
  return makeProblem({ code, check: "known-bad", severity: "B", file: source.path, ...placeInText(source.text, use.offset), detail, suggestion });
}
