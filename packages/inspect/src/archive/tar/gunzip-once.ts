import { crc32, createInflateRaw } from "node:zlib";
import { ARCHIVE_LIMITS } from "../archive-limits.ts";
import type { FaultList } from "../archive-types.ts";

const HEADER_CRC = 0x02;
const EXTRA = 0x04;
const NAME = 0x08;
const COMMENT = 0x10;
const RESERVED = 0xe0;
const TRAILER_SIZE = 8;
// Headers, padding and the closing blocks come on top of the files.
const TAR_OVERHEAD = 16 * 1024 * 1024;
// Read on a little beyond the declared size: a second member is then told from a wrong size.
const OVERRUN = 1024 * 1024;

/**
 * Unwraps gzip (RFC 1952) that is exactly one member and nothing else: readers
 * differ on what follows the first. Null when it cannot be unwrapped.
 */
export async function gunzipOnce(bytes: Buffer, faults: FaultList): Promise<Buffer | null> {
  const start = endOfHeader(bytes);
  if (start === null || start + TRAILER_SIZE > bytes.length) {
    faults.add("archive.gzip", null, "The gzip header is damaged or uses reserved flags.");
    return null;
  }
  const size = bytes.readUInt32LE(bytes.length - 4);
  if (size > ARCHIVE_LIMITS.unpackedBytes + TAR_OVERHEAD) {
    faults.add("archive.too-large-unpacked", null, `The archive says that it unpacks to ${size} bytes; ${ARCHIVE_LIMITS.unpackedBytes} are allowed, or bytes follow its end.`);
    return null;
  }
  if (size > ARCHIVE_LIMITS.ratioFreeBytes && size > bytes.length * ARCHIVE_LIMITS.ratio) {
    faults.add("archive.ratio", null, `${bytes.length} bytes unpack to ${size}, more than ${ARCHIVE_LIMITS.ratio} times as many, or bytes follow its end.`);
    return null;
  }
  const packed = bytes.subarray(start, bytes.length - TRAILER_SIZE);
  const unpacked = await inflateInto(packed, size);
  return checkResult(unpacked, packed, size, bytes.readUInt32LE(bytes.length - 8), faults);
}

function endOfHeader(bytes: Buffer): number | null {
  const flags = bytes[3];
  if (bytes.length < 18 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || flags === undefined || (flags & RESERVED) !== 0) return null;
  let at = 10;
  if ((flags & EXTRA) !== 0) at += 2 + bytes.readUInt16LE(at);
  for (const part of [NAME, COMMENT]) {
    if ((flags & part) === 0) continue;
    const zero = at < bytes.length ? bytes.indexOf(0, at) : -1;
    if (zero === -1) return null;
    at = zero + 1;
  }
  if ((flags & HEADER_CRC) !== 0) at += 2;
  return at;
}

interface Inflated {
  data: Buffer;
  size: number;
  consumed: number;
}

// The declared size is allocated once, so no second copy of a large archive ever exists.
async function inflateInto(packed: Buffer, declared: number): Promise<Inflated | null> {
  const inflate = createInflateRaw();
  const data = Buffer.alloc(declared);
  let size = 0;
  try {
    inflate.end(packed);
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      if (size < declared) chunk.copy(data, size);
      size += chunk.length;
      if (size > declared + OVERRUN) break;
    }
    return { data, size, consumed: inflate.bytesWritten };
  } catch {
    return null;
  } finally {
    inflate.destroy();
  }
}

function checkResult(unpacked: Inflated | null, packed: Buffer, declared: number, crc: number, faults: FaultList): Buffer | null {
  if (unpacked === null) {
    faults.add("archive.deflate", null, "The compressed data is damaged or cut off.");
    return null;
  }
  if (unpacked.size <= declared + OVERRUN && unpacked.consumed !== packed.length) {
    faults.add("archive.trailing-bytes", null, `${packed.length - unpacked.consumed} bytes follow the end of the archive.`, "Remove what was appended.");
    return null;
  }
  if (unpacked.size !== declared) {
    faults.add("archive.size-mismatch", null, "The archive does not unpack to the size that its last bytes declare.");
    return null;
  }
  if (crc32(unpacked.data) !== crc) {
    faults.add("archive.crc", null, "The unpacked bytes do not match the archive's checksum.");
    return null;
  }
  return unpacked.data;
}
