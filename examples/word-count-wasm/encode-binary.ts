/** The value type i32 in the binary format. */
export const I32 = 0x7f;

/** Unsigned LEB128: seven bits a byte, lowest first. */
export function encodeUnsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer. */
export function encodeSigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; ) {
    const low = rest & 0x7f;
    rest >>= 7;
    const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
}

export function encodeVector(entries: number[][]): number[] {
  return [...encodeUnsigned(entries.length), ...entries.flat()];
}

export function encodeSection(id: number, content: number[]): number[] {
  return [id, ...encodeUnsigned(content.length), ...content];
}

export function encodeName(name: string): number[] {
  const bytes = [...new TextEncoder().encode(name)];
  return [...encodeUnsigned(bytes.length), ...bytes];
}

/** Reads a decimal or `0x` integer. */
export function readInteger(text: string): number {
  const value = Number(text);
  if (text === "" || !Number.isInteger(value)) throw new SyntaxError(`"${text}" is not an integer`);
  return value;
}
