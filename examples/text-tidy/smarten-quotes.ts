/**
 * Turns straight quotation marks into the curly ones of English typography, three dots into an ellipsis,
 * and `--` between words into an en dash. Text inside `inline code`, HTML tags and link targets stays as it is.
 */
export function smartenQuotes(text: string): string {
  return text
    .split(/(`[^`\n]*`|<[^>\n]*>|\]\([^)\n]*\))/)
    .map((part, index, parts) => (index % 2 === 1 ? part : smarten(part, (parts[index - 1] ?? "").at(-1) ?? "")))
    .join("");
}

function smarten(text: string, before: string): string {
  return text
    .replace(/(?<![.\u2026])\.{3}(?!\.)/g, "\u2026")
    .replace(/(?<=\w ?)--(?= ?\w)/g, "\u2013")
    .replace(/["']/g, (mark, offset: number, whole: string) => {
      const previous = offset === 0 ? before : whole.charAt(offset - 1);
      const opens = previous === "" || /[\s([{\u2013\u2014\u201c\u2018"']/.test(previous);
      if (mark === '"') return opens ? "\u201c" : "\u201d";
      // '90s and 'tis start with an apostrophe, not with an opening mark
      if (opens && /^'(\d\ds?\b|tis\b|twas\b)/i.test(whole.slice(offset))) return "\u2019";
      return opens ? "\u2018" : "\u2019";
    });
}
