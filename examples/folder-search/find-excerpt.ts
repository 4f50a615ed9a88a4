import { splitWords } from "./split-words.ts";

/** The line of a text that holds most of the query's words, shortened to `width` characters; null when none does. */
export function findExcerpt(text: string, query: string, width = 160): { line: number; text: string } | null {
  const wanted = splitWords(query);
  let best = { line: 0, text: "", hits: 0 };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = splitWords(line);
    const hits = wanted.filter((word) => words.some((found) => found.startsWith(word))).length;
    if (hits > best.hits) best = { line: index + 1, text: line.trim(), hits };
  }
  if (best.hits === 0) return null;
  return { line: best.line, text: best.text.length > width ? `${best.text.slice(0, width - 1)}\u2026` : best.text };
}
