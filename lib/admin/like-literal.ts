/** A text as part of a pattern of LIKE, in which some characters mean something of their own. */
export function likeLiteral(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}
