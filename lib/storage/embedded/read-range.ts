/** Null: send the whole object. Offsets are inclusive. */
export type RequestedRange = { start: number; end: number } | "unsatisfiable" | null;

/**
 * Reads a `Range` header as RFC 9110 section 14 asks: one range of bytes is honoured, what is malformed, of another
 * unit or several ranges at once is ignored.
 *
 * @param size bytes of the whole object
 */
export function readRange(header: string | undefined, size: number): RequestedRange {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.trim() ?? "");
  if (match === null) return null;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return null;
  if (first === "") return suffix(Number(last), size);
  const start = Number(first);
  const end = last === "" ? size - 1 : Number(last);
  if (last !== "" && end < start) return null;
  return start >= size ? "unsatisfiable" : { start, end: Math.min(end, size - 1) };
}

function suffix(length: number, size: number): RequestedRange {
  return length === 0 || size === 0 ? "unsatisfiable" : { start: Math.max(0, size - length), end: size - 1 };
}
