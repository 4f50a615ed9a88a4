/**
 * A message's text for eyes other than its reader's: of every address its query and what looks like a secret in its path
 * are left out, since such links sign in, confirm and accept, and so are codes of digits on a line of their own.
 */
export function hideSecrets(text: string): string {
  return text
    .replace(/(https?:\/\/[^\s?#"<>]*)[?#][^\s"<>]+/g, "$1?…")
    .replace(/(https?:\/\/)([^\s"<>]+)/g, (_whole, scheme: string, rest: string) => scheme + rest.replace(/\/[A-Za-z0-9_-]{24,}(?=[/?#]|$)/g, (part) => (isUuid(part.slice(1)) ? part : "/…")))
    .replace(/^\s*[A-Z0-9]{4,}(?:-[A-Z0-9]{2,})*\s*$/gm, "…");
}

/** Ids of submissions and the like stand in public addresses. */
function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}
