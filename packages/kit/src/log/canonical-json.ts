type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** JSON in the one form that is hashed: keys in the order of their UTF-16 units, no spaces, integers only. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
    return `{${entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isSafeInteger(value)) throw new RangeError("numbers in a leaf are whole and below 2^53");
  // A lone surrogate has no UTF-8 form; JSON.stringify writes it as an escape.
  return JSON.stringify(value);
}
