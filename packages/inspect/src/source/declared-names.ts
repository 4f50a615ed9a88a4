import type { SyntaxNode } from "./parsed-source.ts";
import { isNode, walkSyntax } from "./walk-syntax.ts";

/** Names that the module itself binds anywhere: a call of one of them is not a call of the platform's. */
export function declaredNames(program: SyntaxNode): Set<string> {
  const names = new Set<string>();
  walkSyntax(program, (node) => {
    if (node.type === "VariableDeclarator") addPattern(node.id, names);
    if (/^(?:Function(?:Declaration|Expression)|ArrowFunctionExpression)$/.test(node.type)) {
      addPattern(node.id, names);
      addParams(node.params, names);
    }
    if (node.type === "ClassDeclaration") addPattern(node.id, names);
    if (/^Import(?:Default|Namespace)?Specifier$/.test(node.type)) addPattern(node.local, names);
  });
  return names;
}

function addParams(params: unknown, names: Set<string>): void {
  const list: unknown = isNode(params) ? params.items : params;
  if (Array.isArray(list)) for (const param of list) addPattern(param, names);
}

// Only what is bound: the default value in `{ a = fetch }` is a use of `fetch`, not a binding.
function addPattern(start: unknown, names: Set<string>): void {
  const waiting: unknown[] = [start];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (!isNode(node)) continue;
    if (node.type === "Identifier") names.add(String(node.name));
    else if (node.type === "AssignmentPattern") waiting.push(node.left);
    else if (node.type === "RestElement") waiting.push(node.argument);
    else if (node.type === "Property") waiting.push(node.value);
    else if (node.type === "TSParameterProperty") waiting.push(node.parameter);
    else if (node.type === "ObjectPattern" && Array.isArray(node.properties)) waiting.push(...(node.properties as unknown[]));
    else if (node.type === "ArrayPattern" && Array.isArray(node.elements)) waiting.push(...(node.elements as unknown[]));
  }
}
