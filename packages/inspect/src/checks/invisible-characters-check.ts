import { makeProblem, type Problem } from "@kosmarket/kit";
import { placeInText } from "../source/index.ts";
import type { Check } from "./check.ts";
import { countOf } from "./count-of.ts";

const MOST_FINDINGS = 50;

/** Finds characters that make a text read differently from what it is ("Trojan Source", CVE-2021-42574), tag characters included. */
export const invisibleCharactersCheck: Check = {
  id: "invisible-characters",
  severity: "B",
  title: "Invisible characters",
  needs: "sound-archive",
  run(contents) {
    const findings: Problem[] = [];
    for (const { path, text } of contents.texts()) {
      const found = findInvisible(text);
      if (found === null || findings.length >= MOST_FINDINGS) continue;
      const code = found.codePoint.toString(16).toUpperCase().padStart(4, "0");
      findings.push(makeProblem({ code: "package.invisible-character", check: "invisible-characters", severity: "B", file: path, ...placeInText(text, found.offset), detail: `U+${code} is not visible, so people and machines read different texts.`, suggestion: "Remove it, or write it as an escape." }));
    }
    return { lookedAt: `Every character of ${countOf(contents.texts().length, "text file")}.`, findings };
  },
};

function findInvisible(text: string): { offset: number; codePoint: number } | null {
  for (let offset = 0; offset < text.length; offset++) {
    const codePoint = text.codePointAt(offset) ?? 0;
    if (codePoint < 0x80) continue;
    if (isAlwaysInvisible(codePoint, offset) || isStrayJoiner(text, offset, codePoint)) return { offset, codePoint };
    if (codePoint > 0xffff) offset += 1;
  }
  return null;
}

function isAlwaysInvisible(c: number, offset: number): boolean {
  if (c === 0xfeff) return offset > 0;
  return (
    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c === 0x200e || c === 0x200f || c === 0x061c || // bidirectional
    c === 0x200b || (c >= 0x2060 && c <= 0x2064) || c === 0x180e || c === 0x115f || c === 0x1160 || c === 0x3164 || c === 0xffa0 || // zero width, fillers
    (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f) || (c >= 0xe0100 && c <= 0xe01ef) // annotations, tags, selectors
  );
}

// Joiners belong to emoji and to several scripts; between plain letters they only hide something.
function isStrayJoiner(text: string, offset: number, codePoint: number): boolean {
  if (codePoint !== 0x200c && codePoint !== 0x200d) return false;
  const before = text.charCodeAt(offset - 1);
  return Number.isNaN(before) || before < 0x80 || before === 0x200c || before === 0x200d;
}
