export interface ExcerptLine {
  number: number;
  text: string;
  offending: boolean;
}

/** The lines around line `line` (1-based) of a text, `around` on each side; empty when the text has no such line. */
export function excerptLines(text: string, line: number, around = 2): ExcerptLine[] {
  const lines = text.split("\n");
  if (line < 1 || line > lines.length) return [];
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  return lines.slice(first - 1, last).map((content, index) => ({
    number: first + index,
    text: content.replace(/\r$/, ""),
    offending: first + index === line,
  }));
}
