import { ARCHIVE_LIMITS } from "../archive-limits.ts";
import type { FaultList } from "../archive-types.ts";
import { checkExtraFields } from "./check-extra-fields.ts";
import { decodeName } from "./decode-name.ts";
import { hasRecordSignature } from "./has-record-signature.ts";
import { resolveCentral } from "./resolve-zip64.ts";
import { CENTRAL_SIGNATURE, CENTRAL_SIZE, FLAGS_ALLOWED, FLAGS_ENCRYPTION, METHOD_DEFLATE, METHOD_STORE, NEWEST_VERSION, type CentralRecord, type EndRecord } from "./zip-records.ts";

const S_IFMT = 0o170000;
const S_IFREG = 0o100000;
const S_IFDIR = 0o040000;
const S_IFLNK = 0o120000;
const SET_ID = 0o6000;

/** Reads the directory from its first byte to the end record; it must fill that space exactly. Null when there are more entries than a package may have. */
export function readCentralDirectory(bytes: Buffer, end: EndRecord, faults: FaultList): CentralRecord[] | null {
  if (end.entries > ARCHIVE_LIMITS.entries) {
    faults.add("archive.too-many-entries", null, `The archive holds ${end.entries} entries; ${ARCHIVE_LIMITS.entries} are allowed.`);
    return null;
  }
  const records: CentralRecord[] = [];
  let at = end.directoryOffset;
  while (at < end.offset) {
    const length = recordLength(bytes, at, end.offset);
    if (length === null) {
      faults.add("archive.directory-size", null, "The directory does not end where the end record says.");
      break;
    }
    if (records.length >= ARCHIVE_LIMITS.entries) {
      faults.add("archive.too-many-entries", null, `The archive holds more than ${ARCHIVE_LIMITS.entries} entries.`);
      break;
    }
    records.push(readRecord(bytes.subarray(at, at + length), faults));
    at += length;
  }
  if (records.length !== end.entries) {
    faults.add("archive.entry-count", null, `The end record counts ${end.entries} entries, the directory holds ${records.length}.`);
  }
  return records;
}

function recordLength(bytes: Buffer, at: number, limit: number): number | null {
  if (at + CENTRAL_SIZE > limit || bytes.readUInt32LE(at) !== CENTRAL_SIGNATURE) return null;
  const length = CENTRAL_SIZE + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  return at + length > limit ? null : length;
}

function readRecord(raw: Buffer, faults: FaultList): CentralRecord {
  const nameEnd = CENTRAL_SIZE + raw.readUInt16LE(28);
  const extraEnd = nameEnd + raw.readUInt16LE(30);
  const flags = raw.readUInt16LE(8);
  const nameBytes = raw.subarray(CENTRAL_SIZE, nameEnd);
  const name = decodeName(nameBytes, flags, faults);
  const attributes = raw.readUInt32LE(38);
  const zip64 = checkExtraFields(raw.subarray(nameEnd, extraEnd), name, faults);
  const plain = { size: raw.readUInt32LE(24), packedSize: raw.readUInt32LE(20), localOffset: raw.readUInt32LE(42), disk: raw.readUInt16LE(34) };
  const { disk, ...sizes } = resolveCentral(plain, zip64, name, faults);
  const record: CentralRecord = {
    name,
    nameBytes,
    version: raw[6] ?? 0,
    flags,
    method: raw.readUInt16LE(10),
    time: raw.readUInt32LE(12),
    crc: raw.readUInt32LE(16),
    ...sizes,
    mode: attributes >>> 16,
    dosDirectory: (attributes & 0x10) !== 0,
  };
  if (hasRecordSignature(raw.subarray(extraEnd))) faults.add("archive.comment-record", name, "The entry's comment reads as an archive record.");
  if (disk !== 0) faults.add("archive.multi-disk", name, "The entry is said to start on another disk.");
  checkRecord(record, faults);
  return record;
}

function checkRecord(record: CentralRecord, faults: FaultList): void {
  const { name, flags, method } = record;
  if ((flags & FLAGS_ENCRYPTION) !== 0) faults.add("archive.encrypted", name, "The entry is encrypted, so nobody can review it.", "Pack without a password.");
  else if ((flags & ~FLAGS_ALLOWED) !== 0) faults.add("archive.flags", name, `The entry sets flags (0x${flags.toString(16)}) that some readers ignore.`);
  if (method !== METHOD_STORE && method !== METHOD_DEFLATE) faults.add("archive.method", name, `Compression method ${method} is not accepted.`, "Pack with deflate or without compression.");
  if (record.version > NEWEST_VERSION) reportVersion(record, faults);
  checkType(record, faults);
}

/** Says that an entry's header asks for more than store, deflate and ZIP64 need. */
export function reportVersion({ name }: CentralRecord, faults: FaultList): void {
  faults.add("archive.version-needed", name, `The entry says that only readers newer than version ${NEWEST_VERSION / 10} may open it; some then skip it.`, "Pack with deflate or without compression.");
}

function checkType(record: CentralRecord, faults: FaultList): void {
  const { name, mode } = record;
  const kind = mode & S_IFMT;
  const namedDirectory = name.endsWith("/");
  if (kind === S_IFLNK) return faults.add("archive.link", name, "The entry is a symbolic link.", "Pack the file itself.");
  if (kind !== 0 && kind !== S_IFREG && kind !== S_IFDIR) return faults.add("archive.special-file", name, "The entry is a device, pipe or socket.");
  if ((mode & SET_ID) !== 0) faults.add("archive.setuid", name, "The entry would run with the rights of its owner or group.", "Take the set-user and set-group bits off.");
  const saysDirectory = kind === S_IFDIR || (kind === 0 && record.dosDirectory);
  const saysFile = kind === S_IFREG;
  if ((namedDirectory && saysFile) || (!namedDirectory && (saysDirectory || record.dosDirectory))) {
    faults.add("archive.type-mismatch", name, "The name and the attributes disagree on whether this is a folder.");
  }
  if (namedDirectory && record.size !== 0) faults.add("archive.directory-with-data", name, "A folder entry carries data.");
}
