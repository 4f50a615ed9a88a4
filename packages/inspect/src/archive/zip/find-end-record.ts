import type { FaultList } from "../archive-types.ts";
import { hasRecordSignature } from "./has-record-signature.ts";
import { hasZip64Locator, readZip64End } from "./read-zip64-end.ts";
import { ELSEWHERE_16, ELSEWHERE_32, END_SIGNATURE, END_SIZE, LOCAL_SIGNATURE, type EndRecord } from "./zip-records.ts";

const LONGEST_COMMENT = 0xffff;

/**
 * Finds the one end-of-central-directory record and reports everything that
 * would let two readers find different ones. Null when the directory cannot be
 * told from what is there.
 */
export function findEndRecord(bytes: Buffer, faults: FaultList): EndRecord | null {
  const candidates = listCandidates(bytes);
  const reaching = candidates.filter((at) => commentEnd(bytes, at) === bytes.length);
  const offset = reaching.at(-1) ?? candidates.at(-1);
  if (offset === undefined) {
    faults.add("archive.no-end-record", null, "No end-of-central-directory record was found; the file is cut off or not a zip.");
    return null;
  }
  if (reaching.length > 1) {
    faults.add("archive.several-end-records", null, "More than one end record fits the file; readers would open different archives.");
    return null;
  }
  const end = commentEnd(bytes, offset);
  if (end > bytes.length) {
    faults.add("archive.truncated", null, "The archive's comment is longer than what is left of the file.");
    return null;
  }
  if (end < bytes.length) faults.add("archive.trailing-bytes", null, `${bytes.length - end} bytes follow the end of the archive.`, "Remove what was appended.");
  if (hasRecordSignature(bytes.subarray(offset + END_SIZE))) {
    faults.add("archive.comment-record", null, "What follows the end record reads as an archive record.", "Write a plain comment, or none.");
  }
  return readEndRecord(bytes, offset, faults);
}

function listCandidates(bytes: Buffer): number[] {
  const found: number[] = [];
  const first = Math.max(0, bytes.length - END_SIZE - LONGEST_COMMENT);
  for (let at = bytes.length - END_SIZE; at >= first; at--) {
    if (bytes[at] === 0x50 && bytes.readUInt32LE(at) === END_SIGNATURE) found.unshift(at);
  }
  return found;
}

function commentEnd(bytes: Buffer, offset: number): number {
  return offset + END_SIZE + bytes.readUInt16LE(offset + 20);
}

function readEndRecord(bytes: Buffer, offset: number, faults: FaultList): EndRecord | null {
  const entriesHere = bytes.readUInt16LE(offset + 8);
  const plain = { entries: bytes.readUInt16LE(offset + 10), directorySize: bytes.readUInt32LE(offset + 12), directoryOffset: bytes.readUInt32LE(offset + 16) };
  if (bytes.readUInt16LE(offset + 4) !== 0 || bytes.readUInt16LE(offset + 6) !== 0) {
    faults.add("archive.multi-disk", null, "The end record speaks of several disks.");
  }
  if (entriesHere !== plain.entries) faults.add("archive.entry-count", null, `The end record counts ${entriesHere} entries on this disk and ${plain.entries} in all.`);
  const moved = plain.entries === ELSEWHERE_16 || plain.directorySize === ELSEWHERE_32 || plain.directoryOffset === ELSEWHERE_32;
  if (!hasZip64Locator(bytes, offset)) {
    if (!moved) return placeDirectory(bytes, { offset, ...plain }, faults);
    faults.add("archive.zip64", null, "The end record points to a ZIP64 end record that is not there.", "Pack with a tool that writes plain zip records.");
    return null;
  }
  const end = readZip64End(bytes, offset, plain, faults);
  return end === null ? null : placeDirectory(bytes, end, faults);
}

/** The directory must end exactly where the end records begin. */
function placeDirectory(bytes: Buffer, end: EndRecord, faults: FaultList): EndRecord | null {
  const { offset, directoryOffset, directorySize } = end;
  if (directoryOffset + directorySize < offset) {
    // Some tools silently shift every offset by this difference, others do not.
    const first = bytes.length >= 4 ? bytes.readUInt32LE(0) : 0;
    const shifted = first !== LOCAL_SIGNATURE && directorySize > 0;
    faults.add(
      shifted ? "archive.prefix-bytes" : "archive.gap",
      null,
      `${offset - directoryOffset - directorySize} bytes stand where the offsets leave no room for them.`,
      "Remove what was put in front of the archive or between its records.",
    );
    return null;
  }
  if (directoryOffset + directorySize > offset) {
    faults.add("archive.directory-size", null, "The directory is said to reach beyond the end record.");
    return null;
  }
  return end;
}
