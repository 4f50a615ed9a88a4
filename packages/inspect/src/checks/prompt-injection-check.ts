import { makeProblem, type Problem } from "@kosmarket/kit";
import { placeInText } from "../source/index.ts";
import type { Check } from "./check.ts";

const PHRASES =
  /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules|messages?)\b|\byou (?:must|should|are to) (?:always |never )?(?:not )?(?:tell|mention|inform|reveal|ask)\b[^.\n]{0,40}\b(?:users?|humans?)\b|<\/?(?:system|assistant|important|instructions?)>|\bdo not (?:tell|inform|mention (?:this )?to) the user\b/i;

/** Holds manifests and READMEs that give orders to an assistant that reads them. */
export const promptInjectionCheck: Check = {
  id: "prompt-injection",
  severity: "H",
  title: "Instructions to an assistant",
  needs: "manifest",
  run(contents) {
    const texts: { path: string; text: string }[] = [];
    if (contents.manifestFile !== null && contents.manifestText !== null) texts.push({ path: contents.manifestFile, text: contents.manifestText });
    if (contents.archive !== null && contents.archive.problems.length === 0) texts.push(...contents.texts().filter(({ path }) => /^readme\.md$/i.test(path)));
    const findings: Problem[] = texts.flatMap(({ path, text }) => {
      const match = PHRASES.exec(text);
      if (match === null) return [];
      return [makeProblem({ code: "package.prompt-injection", check: "prompt-injection", severity: "H", file: path, ...placeInText(text, match.index), detail: "The text speaks to an assistant that reads it, and not to people.", suggestion: "Describe what the package does, without orders." })];
    });
    return { lookedAt: texts.map(({ path }) => path).join(" and ") || "Nothing.", findings };
  },
};
