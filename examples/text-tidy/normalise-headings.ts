const SETEXT_UNDERLINE = /^ {0,3}(=+|-{2,})\s*$/;
const ATX_HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/;

/**
 * Writes every Markdown heading the same way: `## Title`, no closing hashes, a blank line on both sides.
 * Underlined headings (`Title` over `=====` or `-----`) become `#` and `##`.
 */
export function normaliseHeadings(text: string): string {
  const out: string[] = [];
  for (const line of joinUnderlined(text.split("\n"))) {
    const heading = rewriteHeading(line);
    if (heading === null) {
      if (isHeading(out.at(-1)) && line.trim() !== "") out.push("");
      out.push(line);
      continue;
    }
    if (out.length > 0 && out.at(-1)?.trim() !== "") out.push("");
    out.push(heading);
  }
  return out.join("\n");
}

function joinUnderlined(lines: string[]): string[] {
  const out: string[] = [];
  for (const line of lines) {
    const underline = SETEXT_UNDERLINE.exec(line)?.[1];
    const title = out.at(-1);
    // A one-line paragraph above the underline is a title; under a longer paragraph the line may be a rule, so it stays.
    const isTitle = title !== undefined && isPlainText(title) && (out.at(-2) ?? "").trim() === "";
    if (underline !== undefined && isTitle) out[out.length - 1] = `${underline.startsWith("=") ? "#" : "##"} ${title.trim()}`;
    else out.push(line);
  }
  return out;
}

function isPlainText(line: string): boolean {
  return line.trim() !== "" && !/^\s*([#>|]|[-*+] |\d+[.)] )/.test(line);
}

function rewriteHeading(line: string): string | null {
  const match = ATX_HEADING.exec(line);
  if (match === null) return null;
  const [, hashes = "#", title = ""] = match;
  return `${hashes} ${title.trim()}`.trimEnd();
}

function isHeading(line: string | undefined): boolean {
  return line !== undefined && ATX_HEADING.test(line);
}
