import type { FaultList } from "../archive-types.ts";
import { checkExtraFields } from "./check-extra-fields.ts";
import { reportVersion } from "./read-central-directory.ts";
import { resolveLocal } from "./resolve-zip64.ts";
import { DESCRIPTOR_SIGNATURE, FLAG_DESCRIPTOR, LOCAL_SIGNATURE, LOCAL_SIZE, METHOD_STORE, NEWEST_VERSION, type CentralRecord, type EndRecord, type LocatedRecord } from "./zip-records.ts";

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
  if ((bytes[at + 4] ?? 0) > NEWEST_VERSION) reportVersion(record, faults);
  const zip64 = checkExtraFields(bytes.subarray(nameEnd, dataStart), record.name, faults);
  const told = readLocalSizes(bytes, record, zip64, faults);
  compareHeaders(bytes, record, told, nameEnd, faults);
  if ((record.flags & FLAG_DESCRIPTOR) === 0) return { ...record, dataStart, end: dataEnd };
  // A reader of the stream has nothing but the header to find the end of uncompressed data by.
  if (record.method === METHOD_STORE && (told.packedSize !== record.packedSize || told.size !== record.size)) {
    faults.add("archive.data-descriptor", record.name, "Uncompressed data with its size written behind it: a reader of the stream cannot tell where it ends.", "Pack from files instead of a stream.");
  }
  return { ...record, dataStart, end: readDescriptor(bytes, record, dataEnd, { limit, wide: zip64 !== null }, faults) };
}

interface LocalSizes {
  crc: number;
  packedSize: number;
  size: number;
}

function readLocalSizes(bytes: Buffer, { localOffset: at, name }: CentralRecord, zip64: Buffer | null, faults: FaultList): LocalSizes {
  return { crc: bytes.readUInt32LE(at + 14), ...resolveLocal({ packedSize: bytes.readUInt32LE(at + 18), size: bytes.readUInt32LE(at + 22) }, zip64, name, faults) };
}

function compareHeaders(bytes: Buffer, record: CentralRecord, local: LocalSizes, nameEnd: number, faults: FaultList): void {
  const at = record.localOffset;
  const differs: string[] = [];
  if (!bytes.subarray(at + LOCAL_SIZE, nameEnd).equals(record.nameBytes)) differs.push("name");
  if (bytes.readUInt16LE(at + 6) !== record.flags) differs.push("flags");
  if (bytes.readUInt16LE(at + 8) !== record.method) differs.push("method");
  if (bytes.readUInt32LE(at + 10) !== record.time) differs.push("time");
  // With a descriptor each local field is zero (not yet known to a streaming writer) or already right; never something else.
  const deferred = (record.flags & FLAG_DESCRIPTOR) !== 0;
  const agrees = (value: number, truth: number): boolean => value === truth || (deferred && value === 0);
  if (!agrees(local.crc, record.crc)) differs.push("checksum");
  if (!agrees(local.packedSize, record.packedSize)) differs.push("packed size");
  if (!agrees(local.size, record.size)) differs.push("size");
  if (differs.length > 0) {
    faults.add("archive.central-local-mismatch", record.name, `The directory and the entry disagree on: ${differs.join(", ")}.`, "Pack again; something changed the archive after it was made.");
  }
}

// With a ZIP64 field in the header the descriptor's sizes have eight bytes (APPNOTE 4.3.9.2), its mark is optional in both forms.
function readDescriptor(bytes: Buffer, record: CentralRecord, dataEnd: number, { limit, wide }: { limit: number; wide: boolean }, faults: FaultList): number {
  const length = wide ? 20 : 12;
  for (const mark of [4, 0]) {
    const end = dataEnd + mark + length;
    if (end > limit || (mark === 4 && bytes.readUInt32LE(dataEnd) !== DESCRIPTOR_SIGNATURE)) continue;
    if (matches(bytes, record, dataEnd + mark, wide)) return end;
  }
  faults.add("archive.data-descriptor", record.name, "The descriptor behind the data is missing or disagrees with the directory.");
  return dataEnd;
}

function matches(bytes: Buffer, record: CentralRecord, at: number, wide: boolean): boolean {
  const read = (offset: number): number => (wide ? Number(bytes.readBigUInt64LE(at + 4 + 2 * offset)) : bytes.readUInt32LE(at + 4 + offset));
  return bytes.readUInt32LE(at) === record.crc && read(0) === record.packedSize && read(4) === record.size;
}
