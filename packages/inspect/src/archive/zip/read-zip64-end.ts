import type { FaultList } from "../archive-types.ts";
import { ELSEWHERE_16, ELSEWHERE_32, type EndRecord } from "./zip-records.ts";

const LOCATOR_SIGNATURE = 0x07064b50;
const LOCATOR_SIZE = 20;
const RECORD_SIGNATURE = 0x06064b50;
const RECORD_SIZE = 56;

/** Whether a ZIP64 locator stands in front of the end record at `end`. */
export function hasZip64Locator(bytes: Buffer, end: number): boolean {
  return end >= LOCATOR_SIZE && bytes.readUInt32LE(end - LOCATOR_SIZE) === LOCATOR_SIGNATURE;
}

/**
 * Reads the ZIP64 end record (APPNOTE 4.3.14 and 4.3.15) that belongs to the end record at `end`. It stands right before its
 * locator, has no extensible data, and the plain record either repeats a value or says that it is elsewhere,
 * so that readers with and without ZIP64 never open two different directories. Null when any of that does not hold.
 */
export function readZip64End(bytes: Buffer, end: number, plain: Omit<EndRecord, "offset">, faults: FaultList): EndRecord | null {
  const locator = end - LOCATOR_SIZE;
  const at = locator - RECORD_SIZE;
  const whereItSays = at >= 0 && bytes.readBigUInt64LE(locator + 8) === BigInt(at);
  if (!whereItSays || bytes.readUInt32LE(at) !== RECORD_SIGNATURE || bytes.readBigUInt64LE(at + 4) !== BigInt(RECORD_SIZE - 12)) return refuse(faults, "The ZIP64 end record does not stand right before its locator, or is longer than it should be.");
  if (bytes.readUInt32LE(locator + 4) !== 0 || bytes.readUInt32LE(locator + 16) > 1 || bytes.readUInt32LE(at + 16) !== 0 || bytes.readUInt32LE(at + 20) !== 0) {
    faults.add("archive.multi-disk", null, "The ZIP64 end record speaks of several disks.");
    return null;
  }
  const read = (offset: number): number => Number(bytes.readBigUInt64LE(at + offset));
  const record = { offset: at, entries: read(32), directorySize: read(40), directoryOffset: read(48) };
  if (read(24) !== record.entries) faults.add("archive.entry-count", null, `The ZIP64 end record counts ${read(24)} entries on this disk and ${record.entries} in all.`);
  const agrees = (value: number, elsewhere: number, truth: number): boolean => value === elsewhere || value === truth;
  if (!agrees(plain.entries, ELSEWHERE_16, record.entries) || !agrees(plain.directorySize, ELSEWHERE_32, record.directorySize) || !agrees(plain.directoryOffset, ELSEWHERE_32, record.directoryOffset)) {
    return refuse(faults, "The two end records disagree; readers would open different archives.");
  }
  return record;
}

function refuse(faults: FaultList, detail: string): null {
  faults.add("archive.zip64", null, detail, "Pack with a tool that writes plain zip records.");
  return null;
}
