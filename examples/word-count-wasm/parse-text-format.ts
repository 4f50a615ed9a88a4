/** A WebAssembly text-format expression: a word, or a list in parentheses. Strings keep their quotes. */
export type Expression = string | Expression[];

/**
 * Reads the parentheses, words and strings of the WebAssembly text format; `;;` comments are dropped.
 * Throws `SyntaxError` with the line when parentheses do not match.
 */
export function parseTextFormat(source: string): Expression[] {
  const open: Expression[][] = [[]];
  let line = 1;
  for (const [token] of source.matchAll(/;;[^\n]*|"[^"\n]*"|[()]|\n|[^\s()";]+/g)) {
    if (token === "\n") line += 1;
    else if (token === "(") open.push([]);
    else if (token === ")") {
      const closed = open.pop();
      const parent = open.at(-1);
      if (closed === undefined || parent === undefined) throw new SyntaxError(`line ${line}: ")" without "("`);
      parent.push(closed);
    } else if (!token.startsWith(";;")) open.at(-1)?.push(token);
  }
  const [top] = open;
  if (open.length !== 1 || top === undefined) throw new SyntaxError(`line ${line}: "(" is never closed`);
  return top;
}
