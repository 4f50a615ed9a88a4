import type { FaultList } from "../archive-types.ts";
import { checkExtraFields } from "./check-extra-fields.ts";
import { DESCRIPTOR_SIGNATURE, FLAG_DESCRIPTOR, LOCAL_SIGNATURE, LOCAL_SIZE, METHOD_STORE, type CentralRecord, type EndRecord, type LocatedRecord } from "./zip-records.ts";

/**
 * Walks the local headers in the order of their bytes. They must agree with
 * the directory and, with their data and descriptors, fill the file from its
 * first byte to the directory: no byte is left over and none is used twice.
 */
export function locateEntries(bytes: Buffer, records: readonly CentralRecord[], end: EndRecord, faults: FaultList): LocatedRecord[] {
  const located: LocatedRecord[] = [];
  let expected = 0;
  for (const record of [...records].sort((a, b) => a.localOffset - b.localOffset)) {
    reportPlace(record, expected, faults);
    const found = locateEntry(bytes, record, end.directoryOffset, faults);
    if (found === null) {
      expected = Math.max(expected, record.localOffset);
      continue;
    }
    located.push(found);
    expected = Math.max(expected, found.end);
  }
  if (located.length === records.length && expected < end.directoryOffset) {
    faults.add(expected === 0 ? "archive.prefix-bytes" : "archive.gap", null, `${end.directoryOffset - expected} bytes before the directory belong to no entry.`);
  }
  return located;
}

function reportPlace(record: CentralRecord, expected: number, faults: FaultList): void {
  if (record.localOffset < expected) faults.add("archive.overlap", record.name, "The entry shares bytes with the one before it.");
  if (record.localOffset > expected) {
    faults.add(expected === 0 ? "archive.prefix-bytes" : "archive.gap", record.name, `${record.localOffset - expected} bytes before this entry belong to nothing.`, "Pack again with a tool that writes nothing between entries.");
  }
}

function locateEntry(bytes: Buffer, record: CentralRecord, limit: number, faults: FaultList): LocatedRecord | null {
  const at = record.localOffset;
  if (at + LOCAL_SIZE > limit || bytes.readUInt32LE(at) !== LOCAL_SIGNATURE) {
    faults.add("archive.central-local-mismatch", record.name, "The directory points to a place where no entry starts.");
    return null;
  }
  const nameEnd = at + LOCAL_SIZE + bytes.readUInt16LE(at + 26);
  const dataStart = nameEnd + bytes.readUInt16LE(at + 28);
  const dataEnd = dataStart + record.packedSize;
  if (dataEnd > limit) {
    faults.add("archive.truncated", record.name, "The entry's data would reach into the directory.");
    return null;
  }
  checkExtraFields(bytes.subarray(nameEnd, dataStart), record.name, faults);
  compareHeaders(bytes, record, nameEnd, faults);
  const end = (record.flags & FLAG_DESCRIPTOR) === 0 ? dataEnd : readDescriptor(bytes, record, dataEnd, limit, faults);
  return { ...record, dataStart, end };
}

function compareHeaders(bytes: Buffer, record: CentralRecord, nameEnd: number, faults: FaultList): void {
  const at = record.localOffset;
  const differs: string[] = [];
  if (!bytes.subarray(at + LOCAL_SIZE, nameEnd).equals(record.nameBytes)) differs.push("name");
  if (bytes.readUInt16LE(at + 6) !== record.flags) differs.push("flags");
  if (bytes.readUInt16LE(at + 8) !== record.method) differs.push("method");
  if (bytes.readUInt32LE(at + 10) !== record.time) differs.push("time");
  const local = { crc: bytes.readUInt32LE(at + 14), packedSize: bytes.readUInt32LE(at + 18), size: bytes.readUInt32LE(at + 22) };
  // With a descriptor the local fields are zero (a streaming writer) or already right; never something else.
  const deferred = (record.flags & FLAG_DESCRIPTOR) !== 0 && local.crc === 0 && local.packedSize === 0 && local.size === 0;
  if (!deferred && local.crc !== record.crc) differs.push("checksum");
  if (!deferred && local.packedSize !== record.packedSize) differs.push("packed size");
  if (!deferred && local.size !== record.size) differs.push("size");
  if (differs.length > 0) {
    faults.add("archive.central-local-mismatch", record.name, `The directory and the entry disagree on: ${differs.join(", ")}.`, "Pack again; something changed the archive after it was made.");
  }
}

function readDescriptor(bytes: Buffer, record: CentralRecord, dataEnd: number, limit: number, faults: FaultList): number {
  if (record.method === METHOD_STORE && record.packedSize > 0) {
    faults.add("archive.data-descriptor", record.name, "Uncompressed data with its size written behind it: a reader of the stream cannot tell where it ends.", "Pack from files instead of a stream.");
  }
  const signed = dataEnd + 16 <= limit && bytes.readUInt32LE(dataEnd) === DESCRIPTOR_SIGNATURE && matches(bytes, record, dataEnd + 4);
  if (signed) return dataEnd + 16;
  if (dataEnd + 12 <= limit && matches(bytes, record, dataEnd)) return dataEnd + 12;
  faults.add("archive.data-descriptor", record.name, "The descriptor behind the data is missing or disagrees with the directory.");
  return dataEnd;
}

function matches(bytes: Buffer, record: CentralRecord, at: number): boolean {
  return bytes.readUInt32LE(at) === record.crc && bytes.readUInt32LE(at + 4) === record.packedSize && bytes.readUInt32LE(at + 8) === record.size;
}
