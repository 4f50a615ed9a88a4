import { nameOf } from "./name-of.ts";
import type { SyntaxNode } from "./parsed-source.ts";
import type { SourceUse } from "./source-uses.ts";
import { isNode, walkSyntax } from "./walk-syntax.ts";

const WRITES = /(?:^Deno|(?:^|\.)(?:fs|fsp|promises|files))\.(?:write\w*|append\w*|create(?:WriteStream)?|rename(?:Sync)?|copyFile(?:Sync)?|cp(?:Sync)?|symlink(?:Sync)?)$/;
const BARE_WRITES = /^(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|renameSync|copyFileSync|writeTextFile|writeTextFileSync)$/;

/**
 * Calls that write where the module itself lies: what is written then is code that nobody reviewed. A place is known by
 * `import.meta`, `__dirname` or `__filename`, in the call or in a variable that was made of them.
 */
export function findSelfWrites(program: SyntaxNode): SourceUse[] {
  const own = new Set<string>();
  walkSyntax(program, (node) => {
    if (node.type === "VariableDeclarator" && isNode(node.id) && node.id.type === "Identifier" && namesOwnPlace(node.init, own)) own.add(String(node.id.name));
  });
  const found: SourceUse[] = [];
  walkSyntax(program, (node) => {
    if (node.type !== "CallExpression" || !Array.isArray(node.arguments)) return;
    const name = nameOf(node.callee);
    if (name === null || !(WRITES.test(name) || BARE_WRITES.test(name))) return;
    // What is copied may be read from there; what counts is where it goes.
    const target: unknown = /(?:rename|copyFile|cp|symlink)(?:Sync)?$/.test(name) ? (node.arguments as unknown[])[1] : (node.arguments as unknown[])[0];
    if (namesOwnPlace(target, own)) found.push({ name: name.slice(0, 120), offset: node.start });
  });
  return found;
}

function namesOwnPlace(node: unknown, own: ReadonlySet<string>): boolean {
  if (!isNode(node)) return false;
  let found = false;
  walkSyntax(node, (inner) => {
    if (inner.type === "MetaProperty") found = true;
    if (inner.type === "Identifier" && (inner.name === "__dirname" || inner.name === "__filename" || own.has(String(inner.name)))) found = true;
  });
  return found;
}
