import { describe, expect, it } from "vitest";
import { drawExcerpt } from "../../../packages/host/src/command-line/draw-excerpt.ts";

/** Cells before the caret, with tabs at stops of eight: what a terminal makes of both lines. */
function cells(text: string): number {
  let at = 0;
  for (const character of text) at = character === "\t" ? (Math.floor(at / 8) + 1) * 8 : at + 1;
  return at;
}

describe("the line that an excerpt points at", () => {
  it.each([
    ["plain", "  - log_outputs", 5, "    ^"],
    ["a tab", "\tkey: value", 2, "\t^"],
    ["a tab within", "a:\tb", 4, "  \t^"],
    ["wide characters", "名前: x", 5, "      ^"],
    ["an emoji of two units", "🙂x", 3, "  ^"],
    ["a mark over a letter", "e\u0301x", 3, " ^"],
    ["an invisible character, shown as its number", "a\u202eb", 3, "         ^"],
    ["the end of the line", "abc", 4, "   ^"],
    ["a column far behind the end", "abc", 99, "   ^"],
    ["a line that ends in CR", "abc\r", 5, "   ^"],
  ])("%s", (_, line, column, caret) => {
    expect(drawExcerpt(line, column).caret).toBe(caret);
  });

  it("shows nothing that acts on a terminal", () => {
    expect(drawExcerpt("a\u001b[2Jb\r", 3).line).toBe("a\\u{1b}[2Jb");
  });

  it("cuts a line of a megabyte round the place, and still points at it", () => {
    const line = `${"x".repeat(500_000)}HERE${"y".repeat(500_000)}`;
    const { line: shown, caret } = drawExcerpt(line, 500_001);
    expect(shown.length).toBeLessThan(120);
    expect(shown.slice(cells(caret) - 1)).toMatch(/^HERE/);
  });
});
