import { parseSync } from "oxc-parser";
import { findUses } from "./find-uses.ts";
import type { ParsedSource, SyntaxNode } from "./parsed-source.ts";
import { placeInText } from "./place-in-text.ts";

const SOURCE_NAME = /\.(?:ts|mts|cts|tsx|js|mjs|cjs|jsx)$/i;
const MOST_FAULTS = 20;

/** Whether a path is one that {@link parseSource} understands. */
export function isSourcePath(path: string): boolean {
  return SOURCE_NAME.test(path);
}

/** Parses TypeScript or JavaScript without running it and reads what it uses. Never throws; what cannot be parsed has `faults`. */
export function parseSource(path: string, text: string): ParsedSource {
  try {
    const result = parseSync(path.toLowerCase(), text, { sourceType: /\.c[jt]s$/i.test(path) ? "script" : "module" });
    const faults = result.errors
      .filter((error) => (error.severity as string) === "Error")
      .slice(0, MOST_FAULTS)
      .map((error) => ({ message: error.message, ...placeInText(text, error.labels[0]?.start ?? 0) }));
    return { path, text, faults, uses: findUses(result.program as unknown as SyntaxNode) };
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 200) : "the parser gave up";
    return { path, text, uses: findUses(null), faults: [{ message, line: 1, column: 1 }] };
  }
}
