/** A byte sequence that is not UTF-8; `surrogate` tells an encoded half pair from the rest. */
export interface Utf8Fault {
  byteOffset: number;
  surrogate: boolean;
}

/**
 * The first place where the bytes stop being UTF-8 as RFC 3629 section 4
 * defines it (no overlong forms, no surrogates, nothing past U+10FFFF), or null.
 */
export function findInvalidUtf8(bytes: Uint8Array): Utf8Fault | null {
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) return { byteOffset: offset, surrogate: isSurrogate(bytes, offset) };
    offset += length;
  }
  return null;
}

/** Length of the well-formed sequence that begins here, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0;
  if (lead < 0x80) return 1;
  const second = bytes[offset + 1] ?? 0;
  if (lead >= 0xc2 && lead <= 0xdf) return isContinuation(second) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const lowest = lead === 0xe0 ? 0xa0 : 0x80;
    const highest = lead === 0xed ? 0x9f : 0xbf;
    return second >= lowest && second <= highest && isContinuation(bytes[offset + 2]) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const lowest = lead === 0xf0 ? 0x90 : 0x80;
    const highest = lead === 0xf4 ? 0x8f : 0xbf;
    const rest = isContinuation(bytes[offset + 2]) && isContinuation(bytes[offset + 3]);
    return second >= lowest && second <= highest && rest ? 4 : 0;
  }
  return 0;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf;
}

function isSurrogate(bytes: Uint8Array, offset: number): boolean {
  const second = bytes[offset + 1] ?? 0;
  return bytes[offset] === 0xed && second >= 0xa0 && second <= 0xbf;
}
