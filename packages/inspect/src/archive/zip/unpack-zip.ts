import { createHash } from "node:crypto";
import { crc32, createInflateRaw, inflateRawSync } from "node:zlib";
import { ARCHIVE_LIMITS } from "../archive-limits.ts";
import { HEAD_BYTES, type ArchiveEntry, type FaultList, type UnpackedArchive } from "../archive-types.ts";
import { checkEntryName } from "../check-entry-name.ts";
import { checkNameClashes } from "../check-name-clashes.ts";
import { findEndRecord } from "./find-end-record.ts";
import { locateEntries } from "./locate-entries.ts";
import { readCentralDirectory } from "./read-central-directory.ts";
import { METHOD_DEFLATE, METHOD_STORE, type CentralRecord, type LocatedRecord } from "./zip-records.ts";

/**
 * The verdict on a zip, from the records of PKWARE APPNOTE 6.3.10: structure,
 * names, then each entry inflated as a stream, never beyond its declared size.
 */
export async function unpackZip(bytes: Buffer, faults: FaultList): Promise<UnpackedArchive> {
  const end = findEndRecord(bytes, faults);
  const records = end === null ? null : readCentralDirectory(bytes, end, faults);
  if (end === null || records === null) return { entries: [], heads: new Map(), open: () => null };
  for (const record of records) checkEntryName(pathOf(record), faults);
  checkNameClashes(records.map((record) => ({ path: pathOf(record), isDirectory: record.name.endsWith("/") })), faults);
  const located = locateEntries(bytes, records, end, faults);
  const readable = withinCaps(located, faults);
  const entries: ArchiveEntry[] = [];
  const heads = new Map<string, Uint8Array>();
  const sources = new Map<string, LocatedRecord>();
  for (const record of readable) {
    const read = await unpackEntry(bytes, record, faults);
    if (read === null) continue;
    const isDirectory = record.name.endsWith("/");
    const path = pathOf(record);
    entries.push({ path, size: isDirectory ? 0 : read.size, sha256: isDirectory ? "" : read.sha256, isDirectory });
    if (isDirectory) continue;
    sources.set(path, record);
    heads.set(path, read.head);
  }
  return { entries, heads, open: (path) => inflateAgain(bytes, sources.get(path)) };
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
  const read = record.method === METHOD_STORE ? readStored(packed) : await inflateCounted(packed, record.size);
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
}

function readStored(packed: Buffer): ReadResult {
  return { size: packed.length, consumed: packed.length, crc: crc32(packed), sha256: createHash("sha256").update(packed).digest("hex"), head: new Uint8Array(packed.subarray(0, HEAD_BYTES)) };
}

/** Inflates, counts and hashes without keeping; stops one chunk after `declared` bytes. Null for damaged data. */
async function inflateCounted(packed: Buffer, declared: number): Promise<ReadResult | null> {
  const inflate = createInflateRaw();
  const hash = createHash("sha256");
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
      hash.update(chunk);
    }
    return { size, consumed: inflate.bytesWritten, crc, sha256: hash.digest("hex"), head };
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
