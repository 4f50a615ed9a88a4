import { isNode } from "./walk-syntax.ts";

/**
 * The dotted name of an identifier or member chain (`Deno.Command`, `host.bus.invoke`),
 * with `globalThis.`, `window.` and `self.` taken off. Null for anything computed
 * with more than a string literal.
 */
export function nameOf(node: unknown): string | null {
  const parts: string[] = [];
  let at: unknown = node;
  while (isNode(at)) {
    if (at.type === "ChainExpression" || at.type === "ParenthesizedExpression" || at.type === "TSNonNullExpression" || at.type === "TSAsExpression") {
      at = at.expression;
    } else if (at.type === "MemberExpression") {
      const part = propertyName(at.property, at.computed === true);
      if (part === null) return null;
      parts.unshift(part);
      at = at.object;
    } else if (at.type === "Identifier" || at.type === "ThisExpression") {
      parts.unshift(at.type === "Identifier" ? String(at.name) : "this");
      return parts.join(".").replace(/^(?:(?:globalThis|window|self|this)\.)+/, "");
    } else {
      return null;
    }
  }
  return null;
}

function propertyName(property: unknown, computed: boolean): string | null {
  if (!isNode(property)) return null;
  if (!computed) return typeof property.name === "string" ? property.name : null;
  return literalText(property);
}

/** The text of a string literal or of a template's part before its first hole; null for anything else. */
export function literalText(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return null;
  const first: unknown = node.quasis[0];
  if (!isNode(first) || typeof first.value !== "object" || first.value === null || !("cooked" in first.value)) return null;
  return typeof first.value.cooked === "string" ? first.value.cooked : null;
}
