/**
 * The visual fingerprint of a sha256: 64 hex digits become 8 × 8 cells, in reading order, each with one of four
 * shades, which are the digit's two high bits. Any program that can print four shades draws the same picture.
 * Throws `TypeError` when the text is not 64 hex digits (an optional `sha256:` in front is dropped).
 */
export function fingerprintCells(digest: string): readonly { x: number; y: number; shade: 0 | 1 | 2 | 3 }[] {
  const hex = digest.replace(/^sha256:/, "").toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new TypeError(`\`${digest}\` is not a sha256`);
  return Array.from(hex, (digit, index) => ({ x: index % 8, y: Math.floor(index / 8), shade: shadeOf(Number.parseInt(digit, 16)) }));
}

function shadeOf(nibble: number): 0 | 1 | 2 | 3 {
  if (nibble < 4) return 0;
  if (nibble < 8) return 1;
  return nibble < 12 ? 2 : 3;
}
