import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { findCharacterFaults } from "./character-faults.ts";
import { findInvalidUtf8 } from "./find-invalid-utf8.ts";
import type { TextPlaces } from "./text-places.ts";
import { makeTextPlaces } from "./text-places.ts";

export interface DecodedText {
  /** What may be parsed: refused control characters stand as U+FFFD, so places stay right. */
  text: string;
  places: TextPlaces;
  problems: Problem[];
}

/** More of one kind than this says nothing new to an author. */
const MOST_CHARACTER_FAULTS = 50;

/**
 * Decodes a manifest and names every character that must not be in it: bytes
 * that are not UTF-8, a byte order mark, NUL and other controls, bidirectional,
 * zero-width and tag characters. Always returns a text to go on with, so that
 * the author hears of the other faults too.
 */
export function decodeManifestText(bytes: Uint8Array): DecodedText {
  const raw = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const hasMark = raw.startsWith("\uFEFF");
  const unmarked = hasMark ? raw.slice(1) : raw;
  const places = makeTextPlaces(unmarked);
  const problems = [
    ...(hasMark ? [byteOrderMark()] : []),
    ...findInvalidBytes(bytes),
    ...findCharacterFaults(unmarked)
      .slice(0, MOST_CHARACTER_FAULTS)
      .map((fault) =>
        makeProblem({
          code: fault.code,
          ...places.at(fault.offset),
          detail: `The character ${fault.name} is not allowed in a manifest.`,
          suggestion: "Delete it; it may be invisible in your editor.",
        }),
      ),
  ];
  return { text: replaceUnreadable(unmarked), places, problems };
}

function byteOrderMark(): Problem {
  return makeProblem({
    code: "yaml.bom",
    line: 1,
    column: 1,
    detail: "The file begins with a byte order mark (U+FEFF).",
    suggestion: "Save it as UTF-8 without a byte order mark.",
  });
}

function findInvalidBytes(bytes: Uint8Array): Problem[] {
  const fault = findInvalidUtf8(bytes);
  if (fault === null) return [];
  const before = new TextDecoder("utf-8").decode(bytes.subarray(0, fault.byteOffset));
  return [
    makeProblem({
      code: fault.surrogate ? "yaml.lone-surrogate" : "yaml.invalid-utf8",
      ...makeTextPlaces(before).at(before.length),
      detail: fault.surrogate
        ? `Byte ${fault.byteOffset} begins an encoded surrogate, which no UTF-8 text holds.`
        : `Byte ${fault.byteOffset} does not begin a UTF-8 character.`,
      suggestion: "Save the file as UTF-8.",
    }),
  ];
}

/** The parser's own lexer uses some control characters as markers, so none may reach it. */
function replaceUnreadable(text: string): string {
  return Array.from({ length: text.length }, (_, index) => {
    const unit = text.charCodeAt(index);
    const isReadable = unit >= 0x20 ? unit !== 0x7f && unit !== 0xfeff : unit === 0x09 || unit === 0x0a || isLineEnd(text, index);
    return isReadable ? text[index] : "\uFFFD";
  }).join("");
}

function isLineEnd(text: string, index: number): boolean {
  return text.charCodeAt(index) === 0x0d && text.charCodeAt(index + 1) === 0x0a;
}
