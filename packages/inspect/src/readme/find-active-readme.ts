import type { ProblemCode } from "@kosmarket/kit";
import { placeInText } from "../source/index.ts";

export interface ReadmeFault {
  code: ProblemCode;
  detail: string;
  line: number;
  column: number;
}

const FENCE = /^( {0,3})(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\2[`~]*[ \t]*$|$(?![\s\S]))/gm;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(colon|tab|newline|lt|gt|quot|apos|amp|lpar|rpar));/gi;
const NAMED: Record<string, string> = { colon: ":", tab: "", newline: "", lt: "<", gt: ">", quot: '"', apos: "'", amp: "&", lpar: "(", rpar: ")" };
// Where Markdown or HTML expects an address, and the schemes of which a browser makes a program or a page.
const BEFORE_ADDRESS = /\]\(\s*(?:<\s*)?|^ {0,3}\[[^\]\n]+\]:\s*(?:<\s*)?|<|\b(?:href|src|srcset|action|formaction|poster|data)\s*=\s*(?:["']\s*)?/;
const ADDRESS = new RegExp(`(?:${BEFORE_ADDRESS.source})(?:javascript|vbscript|livescript|data(?!:image/(?:png|jpe?g|gif|webp|avif)[;,])):`, "gim");
const ELEMENT = /<(script|iframe|frame|frameset|object|embed|applet|base|meta|form|portal)\b(?=[\s/>])/gi;
const HANDLER = /<[a-z][^<>]*[\s/"'](on[a-z]{3,})\s*=/gi;
const MOST_FAULTS = 20;

/**
 * What of a README would run if a page showed it as it is: links whose scheme runs code, elements that run or load, event
 * handlers. The listing's page takes all of them away; a package that tries it is refused all the same. Code blocks
 * and code spans are text, not markup.
 */
export function findActiveReadme(text: string): ReadmeFault[] {
  const markup = decodeEntities(withoutCode(text));
  const all = [
    ...[...markup.matchAll(ADDRESS)].map(({ index }) => ({ index, code: "readme.unsafe-link" as const, detail: "A link's scheme runs code or opens a page of its own." })),
    ...[...markup.matchAll(ELEMENT)].map(({ index, 1: name = "" }) => ({ index, code: "readme.active-content" as const, detail: `The element \`${name.toLowerCase()}\` runs or loads something.` })),
    ...[...markup.matchAll(HANDLER)].map(({ index, 1: name = "" }) => ({ index, code: "readme.active-content" as const, detail: `The event handler \`${name.toLowerCase()}\` runs code.` })),
  ];
  return all.slice(0, MOST_FAULTS).map(({ index, code, detail }) => ({ code, detail, ...placeInText(markup, index) }));
}

// Line breaks stay, so that places hold.
function withoutCode(text: string): string {
  return withoutSpans(text.replaceAll("\r\n", "\n").replace(FENCE, blankOut));
}

function blankOut(code: string): string {
  return code.replace(/[^\n]/g, " ");
}

/** Takes code spans away: what stands between two runs of equally many backticks in one paragraph (CommonMark 0.31, section 6.1). */
function withoutSpans(text: string): string {
  return text.split(/(\n[ \t]*\n)/).map((paragraph) => {
    const runs = [...paragraph.matchAll(/`+/g)].map(({ index, 0: run }) => ({ index, length: run.length }));
    const next = nextAlike(runs);
    let written = "";
    let from = 0;
    for (let at = 0; at < runs.length; at++) {
      const close = runs[next[at] ?? runs.length];
      if (close === undefined) continue;
      const end = close.index + close.length;
      written += paragraph.slice(from, runs[at]?.index) + blankOut(paragraph.slice(runs[at]?.index, end));
      from = end;
      at = next[at] ?? at;
    }
    return written + paragraph.slice(from);
  }).join("");
}

/** For each run the place of the next one of the same length; found from the end, so that a hostile text costs no more than a long one. */
function nextAlike(runs: readonly { length: number }[]): (number | undefined)[] {
  const seen = new Map<number, number>();
  const next = new Array<number | undefined>(runs.length);
  for (let at = runs.length - 1; at >= 0; at--) {
    const length = runs[at]?.length ?? 0;
    next[at] = seen.get(length);
    seen.set(length, at);
  }
  return next;
}

// Browsers ignore control characters inside a scheme, written or as an entity.
function decodeEntities(text: string): string {
  const decoded = text.replace(ENTITY, (_all, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? "";
    const codePoint = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(decimal, 10);
    return codePoint > 0x20 && codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : "";
  });
  return decoded.replace(/(?!\n)\p{Cc}/gu, "");
}
