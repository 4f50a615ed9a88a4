/** `.` and `..` as URL parsers read them, which also take `\` for `/` and skip tabs. */
const STEP = /(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\?#]|$)/i;

/**
 * Whether a path holds steps that Next would resolve after this server has judged it: `/api/auth/../v1/tokens` is then
 * another address than the one that was judged. Browsers resolve them before they ask.
 */
export function hasHiddenSteps(pathname: string): boolean {
  return STEP.test(pathname.replaceAll(/[\t\r\n]/g, ""));
}
