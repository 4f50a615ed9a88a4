/** Joins path segments to an RFC 6901 pointer; the empty path is `""`. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((segment) => `/${escapeSegment(String(segment))}`).join("");
}

/** The pointer of the containing value, or null for the root. */
export function parentPointer(pointer: string): string | null {
  const slash = pointer.lastIndexOf("/");
  return slash < 0 ? null : pointer.slice(0, slash);
}

/** True when `pointer` is `ancestor` or lies below it. */
export function isWithinPointer(pointer: string, ancestor: string): boolean {
  return pointer === ancestor || pointer.startsWith(`${ancestor}/`);
}

function escapeSegment(segment: string): string {
  return segment.replaceAll("~", "~0").replaceAll("/", "~1");
}
