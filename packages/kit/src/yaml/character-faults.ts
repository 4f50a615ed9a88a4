import type { ProblemCode } from "../problem-codes.ts";

/** A character that no manifest may hold, with how to name it to the author. */
export interface CharacterFault {
  code: ProblemCode;
  /** Index in UTF-16 units of the text that was scanned. */
  offset: number;
  name: string;
}

/** Inclusive ranges of refused code points; the first that holds wins. Unicode 17, UTS 39 and UAX 9 classes. */
const REFUSED_RANGES: readonly (readonly [number, number, ProblemCode])[] = [
  [0x00, 0x00, "yaml.nul"],
  [0x01, 0x08, "yaml.control-character"],
  [0x0b, 0x0c, "yaml.control-character"],
  [0x0e, 0x1f, "yaml.control-character"],
  [0x7f, 0x9f, "yaml.control-character"],
  [0xad, 0xad, "yaml.zero-width"],
  [0x34f, 0x34f, "yaml.zero-width"],
  [0x61c, 0x61c, "yaml.bidi-character"],
  [0x115f, 0x1160, "yaml.zero-width"],
  [0x17b4, 0x17b5, "yaml.zero-width"],
  [0x180b, 0x180f, "yaml.zero-width"],
  [0x200b, 0x200d, "yaml.zero-width"],
  [0x200e, 0x200f, "yaml.bidi-character"],
  [0x2028, 0x2029, "yaml.control-character"],
  [0x202a, 0x202e, "yaml.bidi-character"],
  [0x2060, 0x2065, "yaml.zero-width"],
  [0x2066, 0x2069, "yaml.bidi-character"],
  [0x206a, 0x206f, "yaml.zero-width"],
  [0x3164, 0x3164, "yaml.zero-width"],
  [0xd800, 0xdfff, "yaml.lone-surrogate"],
  [0xfe00, 0xfe0f, "yaml.zero-width"],
  [0xfeff, 0xfeff, "yaml.zero-width"],
  [0xffa0, 0xffa0, "yaml.zero-width"],
  [0xfff0, 0xfffb, "yaml.zero-width"],
  [0xfffe, 0xffff, "yaml.control-character"],
  [0xe0000, 0xe007f, "yaml.tag-character"],
  [0xe0080, 0xe0fff, "yaml.zero-width"],
];

/** U+FE0E and U+FE0F choose how an emoji is drawn; anywhere else they only hide data. */
const PRESENTATION_SELECTORS: ReadonlySet<number> = new Set([0xfe0e, 0xfe0f]);
const TAKES_PRESENTATION = /[\p{Extended_Pictographic}0-9#*]/u;

/** Every refused character of a text, in order; walks code points so that those beyond U+FFFF are seen. */
export function findCharacterFaults(text: string): CharacterFault[] {
  const faults: CharacterFault[] = [];
  let offset = 0;
  let previous = "";
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const code = refusalOf(codePoint, previous, text[offset + 1]);
    if (code !== null) faults.push({ code, offset, name: nameOf(codePoint) });
    previous = character;
    offset += character.length;
  }
  return faults;
}

function refusalOf(codePoint: number, previous: string, next: string | undefined): ProblemCode | null {
  // A lone carriage return ends a line for some YAML readers and not for others.
  if (codePoint === 0x0d) return next === "\n" ? null : "yaml.control-character";
  if (codePoint >= 0x20 && codePoint < 0x7f) return null;
  if (PRESENTATION_SELECTORS.has(codePoint) && TAKES_PRESENTATION.test(previous)) return null;
  const range = REFUSED_RANGES.find(([first, last]) => codePoint >= first && codePoint <= last);
  return range === undefined ? null : range[2];
}

function nameOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}
