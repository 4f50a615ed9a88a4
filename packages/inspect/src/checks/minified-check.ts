import { makeProblem, type Problem } from "@kosmarket/kit";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

const LONG_LINE = 2_000;
const SMALLEST = 1_000;

/** Holds sources that no person can read: long lines throughout, or names and strings in escapes. */
export const minifiedCheck: Check = {
  id: "minified",
  severity: "H",
  title: "Readable source",
  needs: "sound-plugin",
  run(contents) {
    const findings: Problem[] = [];
    for (const { path, text } of contents.sources()) {
      const reason = unreadable(text);
      if (reason === null) continue;
      findings.push(makeProblem({ code: "source.minified", check: "minified", severity: "H", file: path, detail: `${reason}, so a reviewer cannot read it.`, suggestion: "Publish the source as it was written." }));
    }
    return { lookedAt: `Line lengths and escapes in ${countOf(contents.sources().length, "source file")}.`, findings };
  },
};

function unreadable(text: string): string | null {
  if (text.length < SMALLEST) return null;
  const lines = text.split("\n");
  const inLongLines = lines.filter((line) => line.length > LONG_LINE).reduce((sum, line) => sum + line.length, 0);
  if (inLongLines > text.length / 2) return "Most of the file stands in lines of more than 2,000 characters";
  const escapes = text.match(/\\x[0-9a-f]{2}|\\u00[0-9a-f]{2}|_0x[0-9a-f]{4,}/gi)?.length ?? 0;
  return escapes * 4 > text.length / 4 ? "A large part of the file is written in escapes" : null;
}
