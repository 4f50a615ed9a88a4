// Everything that a terminal acts upon instead of showing: C0, DEL and C1 controls, and Unicode's bidirectional and
// invisible ones. Packages and registries are not trusted with the reader's screen.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The text with what could move the cursor, recolour or reorder made visible as `\u{…}`; tabs and line feeds stay. */
export function stripControls(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
