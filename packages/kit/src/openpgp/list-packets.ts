export interface Packet {
  tag: number;
  body: Uint8Array;
}

/** Packet types of RFC 9580 section 5 that this package tells apart. */
export const PACKET_TAGS = { signature: 2, secretKey: 5, publicKey: 6, secretSubkey: 7, userId: 13, publicSubkey: 14, userAttribute: 17 } as const;

/**
 * Splits bytes into OpenPGP packets, both header forms, whole lengths only
 * (partial and indeterminate ones have no place in keys and signatures).
 * Null when the bytes are not exactly a sequence of packets.
 */
export function listPackets(bytes: Uint8Array): Packet[] | null {
  const packets: Packet[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const header = readHeader(bytes, offset);
    if (header === null || header.start + header.length > bytes.length) return null;
    packets.push({ tag: header.tag, body: bytes.subarray(header.start, header.start + header.length) });
    offset = header.start + header.length;
  }
  return packets;
}

interface PacketHeader {
  tag: number;
  start: number;
  length: number;
}

function readHeader(bytes: Uint8Array, offset: number): PacketHeader | null {
  const first = bytes[offset] ?? 0;
  if ((first & 0x80) === 0) return null;
  return (first & 0x40) !== 0 ? readNewHeader(bytes, offset, first & 0x3f) : readOldHeader(bytes, offset, first);
}

function readNewHeader(bytes: Uint8Array, offset: number, tag: number): PacketHeader | null {
  const octet = bytes[offset + 1];
  if (octet === undefined) return null;
  if (octet < 192) return { tag, start: offset + 2, length: octet };
  if (octet < 224) return { tag, start: offset + 3, length: ((octet - 192) << 8) + (bytes[offset + 2] ?? 0) + 192 };
  return octet === 255 ? { tag, start: offset + 6, length: readNumber(bytes, offset + 2, 4) } : null;
}

function readOldHeader(bytes: Uint8Array, offset: number, first: number): PacketHeader | null {
  const lengthType = first & 0x03;
  if (lengthType === 3) return null;
  const width = 1 << lengthType;
  return { tag: (first >> 2) & 0x0f, start: offset + 1 + width, length: readNumber(bytes, offset + 1, width) };
}

/** A big-endian number of `width` bytes; bytes that are missing count as zero. */
export function readNumber(bytes: Uint8Array, offset: number, width: number): number {
  let value = 0;
  for (let index = 0; index < width; index += 1) value = value * 256 + (bytes[offset + index] ?? 0);
  return value;
}
