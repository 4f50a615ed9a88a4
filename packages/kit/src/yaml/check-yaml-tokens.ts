import { CST, Lexer } from "yaml";
import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { ProblemCode } from "../problem-codes.ts";
import type { TextPlaces } from "./text-places.ts";

/** Deeper than any real manifest, far shallower than what makes a recursive reader run out of stack. */
export const MAX_YAML_DEPTH = 32;

/** Tokens that give YAML its surprising powers; a manifest needs none of them. */
const REFUSED_TOKENS: Readonly<Record<string, { code: ProblemCode; detail: string; suggestion: string }>> = {
  anchor: { code: "yaml.anchor", detail: "An anchor names a value to be repeated elsewhere.", suggestion: "Remove the anchor and write the value out where it is used." },
  alias: { code: "yaml.alias", detail: "An alias repeats a value from elsewhere.", suggestion: "Write the value out here." },
  tag: { code: "yaml.tag", detail: "A tag changes how a value is read.", suggestion: "Remove the tag; quote the value if it is text." },
  "directive-line": { code: "yaml.directive", detail: "A directive changes how the whole file is read.", suggestion: "Remove the line; the file is read as YAML 1.2." },
};

const BLANK_TOKENS: ReadonlySet<string> = new Set(["space", "comment", "newline", "doc-mode", "byte-order-mark"]);
const BLOCK_INDICATORS: ReadonlySet<string> = new Set(["seq-item-ind", "explicit-key-ind", "map-value-ind"]);

/**
 * Looks at the tokens before anything recursive does: refuses anchors, aliases,
 * tags, directives and deep nesting. Linear in the text.
 */
export function checkYamlTokens(text: string, places: TextPlaces): Problem[] {
  const problems: Problem[] = [];
  const depth = new DepthMeter();
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    const refusal = type === null ? undefined : REFUSED_TOKENS[type];
    if (refusal !== undefined) problems.push(makeProblem({ ...refusal, ...places.at(offset) }));
    depth.see(type, places.at(offset).column);
    if (depth.current > MAX_YAML_DEPTH) {
      problems.push(tooDeep(places.at(offset)));
      break;
    }
    if (!isSynthetic(token)) offset += token.length;
  }
  return problems;
}

/**
 * Follows the nesting token by token: open brackets, plus the columns at which
 * block collections began and are still open. A sequence written at its key's
 * own column counts once for both, so the truth is at most twice the figure.
 */
class DepthMeter {
  #brackets = 0;
  #blockColumns: number[] = [];
  /** Column of the first token since the line or the last indicator began: where a key would start. */
  #entryColumn: number | null = null;

  get current(): number {
    return this.#brackets + this.#blockColumns.length;
  }

  see(type: string | null, column: number): void {
    if (type === "newline") this.#entryColumn = null;
    if (type === null || BLANK_TOKENS.has(type)) return;
    if (type === "flow-map-end" || type === "flow-seq-end") this.#brackets = Math.max(0, this.#brackets - 1);
    if (this.#brackets === 0 && BLOCK_INDICATORS.has(type)) {
      this.#openBlock(type === "map-value-ind" ? (this.#entryColumn ?? column) : column);
    } else {
      this.#entryColumn ??= column;
    }
    if (type === "flow-map-start" || type === "flow-seq-start") this.#brackets += 1;
  }

  #openBlock(column: number): void {
    while ((this.#blockColumns.at(-1) ?? 0) >= column) this.#blockColumns.pop();
    this.#blockColumns.push(column);
    this.#entryColumn = null;
  }
}

/** The lexer interleaves one-character markers that are not part of the source. */
function isSynthetic(token: string): boolean {
  return token === CST.DOCUMENT || token === CST.FLOW_END || token === CST.SCALAR;
}

function tooDeep(place: { line: number; column: number }): Problem {
  return makeProblem({
    code: "yaml.too-deep",
    ...place,
    detail: `The file nests more than ${MAX_YAML_DEPTH} levels deep.`,
    suggestion: "Flatten it; no manifest needs this.",
  });
}
