/** True where `If-None-Match` (RFC 9110, section 13.1.2) names the entity tag, weakly compared, or is `*`. */
export function matchesEtag(ifNoneMatch: string | null | undefined, etag: string): boolean {
  if (ifNoneMatch === null || ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  const bare = etag.replace(/^W\//, "");
  return ifNoneMatch.split(",").some((part) => part.trim().replace(/^W\//, "") === bare);
}
