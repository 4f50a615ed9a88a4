import type { SourceUses } from "./source-uses.ts";

export interface SyntaxFault {
  message: string;
  line: number;
  column: number;
}

/** A node of an ESTree as the checks walk it: a type, a place, and children under any key. */
export interface SyntaxNode {
  type: string;
  /** offsets in UTF-16 units */
  start: number;
  end: number;
  [key: string]: unknown;
}

/** What is kept of a source file. Its syntax tree is not: those of a large package would fill the memory. */
export interface ParsedSource {
  path: string;
  text: string;
  faults: SyntaxFault[];
  uses: SourceUses;
}
