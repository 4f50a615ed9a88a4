import { normaliseHeadings } from "./normalise-headings.ts";
import { normaliseWhitespace } from "./normalise-whitespace.ts";
import { smartenQuotes } from "./smarten-quotes.ts";

/** Which steps to take; all are on unless switched off. */
export interface TidyOptions {
  whitespace?: boolean;
  headings?: boolean;
  quotes?: boolean;
}

/** The tidied text, and whether it differs from what came in. */
export interface TidyResult {
  text: string;
  changed: boolean;
}

/**
 * Runs the chosen steps over a text. Tidying twice gives the same as tidying once.
 * Lines inside fenced code blocks (``` or ~~~) pass through untouched.
 */
export function tidyText(text: string, options: TidyOptions = {}): TidyResult {
  const steps: ((part: string) => string)[] = [];
  if (options.headings !== false) steps.push(normaliseHeadings);
  if (options.whitespace !== false) steps.push(normaliseWhitespace);
  if (options.quotes !== false) steps.push(smartenQuotes);

  const unixLines = options.whitespace === false ? text : text.replace(/\r\n?/g, "\n");
  const tidied = splitAtFences(unixLines)
    .map((part) => (part.isCode ? part.text : steps.reduce((sofar, step) => step(sofar), part.text)))
    .join("\n");
  const result = options.whitespace === false ? tidied : endWithOneNewline(tidied);
  return { text: result, changed: result !== text };
}

interface Part {
  text: string;
  isCode: boolean;
}

function splitAtFences(text: string): Part[] {
  const parts: { lines: string[]; isCode: boolean }[] = [{ lines: [], isCode: false }];
  let fence: string | null = null;
  for (const line of text.split("\n")) {
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (fence === null && marker !== null) {
      fence = marker;
      parts.push({ lines: [line], isCode: true });
    } else if (fence !== null && marker !== null && closesFence(line, marker, fence)) {
      parts.at(-1)?.lines.push(line);
      parts.push({ lines: [], isCode: false });
      fence = null;
    } else {
      parts.at(-1)?.lines.push(line);
    }
  }
  return parts.filter((part) => part.lines.length > 0).map((part) => ({ text: part.lines.join("\n"), isCode: part.isCode }));
}

function closesFence(line: string, marker: string, opened: string): boolean {
  return marker[0] === opened[0] && marker.length >= opened.length && line.trim() === marker;
}

function endWithOneNewline(text: string): string {
  const body = text.replace(/^\n+/, "").replace(/\s+$/, "");
  return body === "" ? "" : `${body}\n`;
}
