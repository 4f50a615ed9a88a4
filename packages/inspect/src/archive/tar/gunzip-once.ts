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
const INFLATE_CHUNK = 256 * 1024;

/**
 * Unwraps gzip (RFC 1952) that is exactly one member and nothing else: readers
 * differ on what follows the first. `take` gets the unpacked bytes in pieces, before it is
 * known whether they are sound; false when they are not, and what was taken must be forgotten.
 */
export async function gunzipOnce(bytes: Buffer, faults: FaultList, take: (chunk: Buffer) => void): Promise<boolean> {
  const start = endOfHeader(bytes);
  if (start === null || start + TRAILER_SIZE > bytes.length) {
    faults.add("archive.gzip", null, "The gzip header is damaged or uses reserved flags.");
    return false;
  }
  const size = bytes.readUInt32LE(bytes.length - 4);
  if (size > ARCHIVE_LIMITS.unpackedBytes + TAR_OVERHEAD) {
    faults.add("archive.too-large-unpacked", null, `The archive says that it unpacks to ${size} bytes; ${ARCHIVE_LIMITS.unpackedBytes} are allowed, or bytes follow its end.`);
    return false;
  }
  if (size > ARCHIVE_LIMITS.ratioFreeBytes && size > bytes.length * ARCHIVE_LIMITS.ratio) {
    faults.add("archive.ratio", null, `${bytes.length} bytes unpack to ${size}, more than ${ARCHIVE_LIMITS.ratio} times as many, or bytes follow its end.`);
    return false;
  }
  const packed = bytes.subarray(start, bytes.length - TRAILER_SIZE);
  const inflated = await inflateCounted(packed, size, take);
  return checkResult(inflated, packed, { size, crc: bytes.readUInt32LE(bytes.length - 8) }, faults);
}

/** The bytes `[start, start + size)` of what a gzip that was found sound unpacks to. */
export async function gunzipRange(bytes: Buffer, start: number, size: number): Promise<Uint8Array> {
  const range = Buffer.alloc(size);
  const inflate = createInflateRaw({ chunkSize: INFLATE_CHUNK });
  let at = 0;
  inflate.end(bytes.subarray(endOfHeader(bytes) ?? 0, bytes.length - TRAILER_SIZE));
  for await (const chunk of inflate as AsyncIterable<Buffer>) {
    if (at + chunk.length > start) chunk.copy(range, Math.max(0, at - start), Math.max(0, start - at), start + size - at);
    at += chunk.length;
    if (at >= start + size) break;
  }
  return range;
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
  size: number;
  crc: number;
  consumed: number;
}

async function inflateCounted(packed: Buffer, declared: number, take: (chunk: Buffer) => void): Promise<Inflated | null> {
  const inflate = createInflateRaw({ chunkSize: INFLATE_CHUNK });
  let size = 0;
  let crc = 0;
  try {
    inflate.end(packed);
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      if (size < declared) take(chunk);
      size += chunk.length;
      crc = crc32(chunk, crc);
      if (size > declared + OVERRUN) break;
    }
    return { size, crc, consumed: inflate.bytesWritten };
  } catch {
    return null;
  } finally {
    inflate.destroy();
  }
}

function checkResult(inflated: Inflated | null, packed: Buffer, declared: { size: number; crc: number }, faults: FaultList): boolean {
  if (inflated === null) {
    faults.add("archive.deflate", null, "The compressed data is damaged or cut off.");
    return false;
  }
  if (inflated.size <= declared.size + OVERRUN && inflated.consumed !== packed.length) {
    faults.add("archive.trailing-bytes", null, `${packed.length - inflated.consumed} bytes follow the end of the archive.`, "Remove what was appended.");
    return false;
  }
  if (inflated.size !== declared.size) {
    faults.add("archive.size-mismatch", null, "The archive does not unpack to the size that its last bytes declare.");
    return false;
  }
  if (inflated.crc !== declared.crc) {
    faults.add("archive.crc", null, "The unpacked bytes do not match the archive's checksum.");
    return false;
  }
  return true;
}
