import { createHash, hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { ARCHIVE_LIMITS } from "../archive-limits.ts";
import { HEAD_BYTES, NOTHING_UNPACKED, type ArchiveEntry, type FaultList, type UnpackedArchive } from "../archive-types.ts";
import { checkEntryName } from "../check-entry-name.ts";
import { checkNameClashes } from "../check-name-clashes.ts";
import { createTextKeeper, LARGEST_TEXT } from "../keep-texts.ts";
import { findEndRecord } from "./find-end-record.ts";
import { locateEntries } from "./locate-entries.ts";
import { readCentralDirectory } from "./read-central-directory.ts";
import { METHOD_DEFLATE, METHOD_STORE, type CentralRecord, type LocatedRecord } from "./zip-records.ts";

/** Entries up to this size are inflated at once, larger ones as a stream. */
const INFLATED_WHOLE = LARGEST_TEXT;
const INFLATE_CHUNK = 256 * 1024;

/**
 * The verdict on a zip, from the records of PKWARE APPNOTE 6.3.10: structure,
 * names, then each entry inflated as a stream, never beyond its declared size.
 */
export async function unpackZip(bytes: Buffer, faults: FaultList): Promise<UnpackedArchive> {
  const end = findEndRecord(bytes, faults);
  const records = end === null ? null : readCentralDirectory(bytes, end, faults);
  if (end === null || records === null) return NOTHING_UNPACKED;
  for (const record of records) checkEntryName(pathOf(record), faults);
  checkNameClashes(records.map((record) => ({ path: pathOf(record), isDirectory: record.name.endsWith("/") })), faults);
  const located = locateEntries(bytes, records, end, faults);
  const texts = createTextKeeper();
  const entries: ArchiveEntry[] = [];
  const heads = new Map<string, Uint8Array>();
  const sources = new Map<string, LocatedRecord>();
  for (const record of withinCaps(located, faults)) {
    const read = await unpackEntry(bytes, record, faults);
    if (read === null) continue;
    const isDirectory = record.name.endsWith("/");
    const path = pathOf(record);
    entries.push({ path, size: isDirectory ? 0 : read.size, sha256: isDirectory ? "" : read.sha256, isDirectory });
    if (isDirectory) continue;
    sources.set(path, record);
    heads.set(path, read.head);
    if (read.whole !== null) texts.offer(path, read.whole);
  }
  return { entries, heads, kept: texts.kept, open: (path) => Promise.resolve(inflateAgain(bytes, sources.get(path))) };
}

function pathOf(record: CentralRecord): string {
  return record.name.endsWith("/") ? record.name.slice(0, -1) : record.name;
}

// Declared sizes are enough here: inflation stops at the declared size, so a lie cannot get past the cap.
function withinCaps(records: LocatedRecord[], faults: FaultList): LocatedRecord[] {
  const total = records.reduce((sum, record) => sum + record.size, 0);
  if (total > ARCHIVE_LIMITS.unpackedBytes) {
    faults.add("archive.too-large-unpacked", null, `The archive unpacks to ${total} bytes; ${ARCHIVE_LIMITS.unpackedBytes} are allowed.`);
    return [];
  }
  return records.filter((record) => {
    if (record.size <= ARCHIVE_LIMITS.ratioFreeBytes || record.size <= record.packedSize * ARCHIVE_LIMITS.ratio) return true;
    faults.add("archive.ratio", record.name, `${record.packedSize} bytes unpack to ${record.size}, more than ${ARCHIVE_LIMITS.ratio} times as many.`);
    return false;
  });
}

async function unpackEntry(bytes: Buffer, record: LocatedRecord, faults: FaultList): Promise<ReadResult | null> {
  const packed = bytes.subarray(record.dataStart, record.dataStart + record.packedSize);
  if (record.method !== METHOD_STORE && record.method !== METHOD_DEFLATE) return null;
  const read = record.method === METHOD_STORE ? readWhole(packed, packed.length) : record.size <= INFLATED_WHOLE ? await inflateWhole(packed, record.size) : await inflateCounted(packed, record.size);
  if (read === null) {
    faults.add("archive.deflate", record.name, "The compressed data is damaged or cut off.");
    return null;
  }
  if (read.size !== record.size || (record.method === METHOD_STORE && record.packedSize !== record.size)) {
    faults.add("archive.size-mismatch", record.name, `The entry does not unpack to its declared ${record.size} bytes.`);
    return null;
  }
  if (read.consumed !== packed.length) {
    faults.add("archive.gap", record.name, `${packed.length - read.consumed} bytes follow the compressed data inside the entry.`);
    return null;
  }
  if (read.crc !== record.crc) {
    faults.add("archive.crc", record.name, "The unpacked bytes do not match the entry's checksum.");
    return null;
  }
  return read;
}

interface ReadResult {
  size: number;
  consumed: number;
  crc: number;
  sha256: string;
  head: Uint8Array;
  /** all of it, where it was small enough to be unpacked at once */
  whole: Buffer | null;
}

function readWhole(data: Buffer, consumed: number): ReadResult {
  return { size: data.length, consumed, crc: crc32(data), sha256: hash("sha256", data), head: new Uint8Array(data.subarray(0, HEAD_BYTES)), whole: data };
}

/** Inflates a small entry at once, which is several times faster than a stream for each. Null for damaged data. */
async function inflateWhole(packed: Buffer, declared: number): Promise<ReadResult | null> {
  // A server reads archives too: nothing else may wait for longer than one such entry takes.
  await setImmediate();
  try {
    // One byte more shows that there is more, without unpacking it. The default chunk would be a copy for each entry.
    const { buffer, engine } = inflateRawSync(packed, { info: true, chunkSize: Math.max(64, declared + 1), maxOutputLength: declared + 1 }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    return readWhole(buffer, engine.bytesWritten);
  } catch (error) {
    if (error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") return { size: declared + 1, consumed: packed.length, crc: 0, sha256: "", head: new Uint8Array(0), whole: null };
    return null;
  }
}

/** Inflates, counts and hashes without keeping; stops one chunk after `declared` bytes. Null for damaged data. */
async function inflateCounted(packed: Buffer, declared: number): Promise<ReadResult | null> {
  const inflate = createInflateRaw({ chunkSize: INFLATE_CHUNK });
  const digest = createHash("sha256");
  let size = 0;
  let crc = 0;
  let head = new Uint8Array(0);
  try {
    inflate.end(packed);
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      if (size === 0) head = new Uint8Array(chunk.subarray(0, HEAD_BYTES));
      size += chunk.length;
      if (size > declared) break;
      crc = crc32(chunk, crc);
      digest.update(chunk);
    }
    return { size, consumed: inflate.bytesWritten, crc, sha256: digest.digest("hex"), head, whole: null };
  } catch {
    return null;
  } finally {
    inflate.destroy();
  }
}

function inflateAgain(bytes: Buffer, record: LocatedRecord | undefined): Uint8Array | null {
  if (record === undefined) return null;
  const packed = bytes.subarray(record.dataStart, record.dataStart + record.packedSize);
  if (record.method === METHOD_STORE) return packed;
  return record.size === 0 ? new Uint8Array(0) : inflateRawSync(packed, { maxOutputLength: record.size });
}
