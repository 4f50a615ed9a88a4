/**
 * Removes trailing spaces, turns tabs and odd spaces inside a line into one space, and leaves at most
 * one blank line between paragraphs. The indentation at the start of a line stays, since lists need it;
 * so does a Markdown hard break (exactly two trailing spaces before another line of the paragraph).
 */
export function normaliseWhitespace(text: string): string {
  const lines = text.split("\n");
  const tidied = lines.map((line, index) => tidyLine(line, lines[index + 1] ?? ""));
  return tidied.join("\n").replace(/\n{3,}/g, "\n\n");
}

function tidyLine(line: string, next: string): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
  const rest = line.slice(indent.length);
  const body = rest.replace(/[ \t\u00a0\u2000-\u200a\u202f\u3000]+/g, " ").trimEnd();
  if (body === "") return "";
  const hardBreak = /\S {2}$/.test(line) && next.trim() !== "";
  return indent + body + (hardBreak ? "  " : "");
}
