import type { SyntaxNode } from "./parsed-source.ts";

/** Calls `visit` for every node below and including `root`. A list instead of recursion: hostile nesting must not exhaust the stack. */
export function walkSyntax(root: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (Array.isArray(next)) {
      for (let at = next.length - 1; at >= 0; at--) waiting.push(next[at]);
    } else if (isNode(next)) {
      visit(next);
      const children = Object.values(next);
      for (let at = children.length - 1; at >= 0; at--) {
        if (typeof children[at] === "object" && children[at] !== null) waiting.push(children[at]);
      }
    }
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value && typeof value.start === "number";
}
