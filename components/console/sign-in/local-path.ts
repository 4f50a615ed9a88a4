/**
 * A path on this site taken from a query parameter, or `fallback`. Anything
 * that could lead elsewhere (another origin, `//host`, a backslash that
 * browsers read as a slash) is not followed.
 */
export function localPath(value: string | string[] | undefined, fallback: string): string {
  if (typeof value !== "string" || !value.startsWith("/")) return fallback;
  return /^\/[/\\]|[\\\s]|[\u0000-\u001f]/.test(value) ? fallback : value;
}
