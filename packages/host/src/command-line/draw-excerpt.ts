import { stripControls } from "./strip-controls.ts";

/** What terminals draw two cells wide: East Asian wide and full-width forms (UAX 11), and emoji. */
const WIDE = /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;
/** Marks that are drawn over the character before them. */
const NARROWEST = /^[\p{Mn}\p{Me}]$/u;
/** A minified file has lines of a megabyte: so many cells are shown before the place and from it on. */
const BEFORE = 60;
const AFTER = 40;

export interface Excerpt {
  line: string;
  /** white space as wide as what stands before the place, and `^` */
  caret: string;
}

/**
 * A line of source as a terminal may show it, and the line below it that points at a place.
 *
 * @param column counts from 1 in UTF-16 units; one past the end points behind the line
 */
export function drawExcerpt(text: string, column: number): Excerpt {
  const line = text.replace(/\r$/, "");
  const at = Math.max(0, Math.min(column - 1, line.length));
  const before = [...line.slice(0, at)];
  const behind = [...line.slice(at)];
  const cut = before.length > BEFORE;
  const head = cut ? before.slice(-BEFORE) : before;
  const tail = behind.slice(0, AFTER);
  const shown = `${cut ? "…" : ""}${stripControls(head.join(""))}${stripControls(tail.join(""))}${tail.length < behind.length ? "…" : ""}`;
  return { line: shown, caret: `${cut ? " " : ""}${head.map(blankFor).join("")}^` };
}

/** A tab stays a tab, so that both lines break at the same stops. */
function blankFor(character: string): string {
  if (character === "\t") return "\t";
  const shown = stripControls(character);
  if (shown !== character) return " ".repeat(shown.length);
  return NARROWEST.test(character) ? "" : WIDE.test(character) ? "  " : " ";
}
