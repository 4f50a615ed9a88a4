import type { FaultList } from "../archive-types.ts";

export const BLOCK = 512;

export interface TarHeader {
  /** as written, prefix joined */
  name: string;
  /** bytes of data that follow, before padding */
  size: number;
  /** permission bits */
  mode: number;
  type: string;
}

const USTAR = "ustar\u000000";
const GNU = "ustar  \0";
const STAR_PREFIX = 130;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads one header block (POSIX.1-2024 pax, "ustar Interchange Format").
 * Fields that readers parse differently when malformed are refused. Null when
 * nothing after this block can be trusted to be where it seems.
 */
export function readTarHeader(block: Buffer, faults: FaultList): TarHeader | null {
  const magic = block.toString("latin1", 257, 265);
  if (magic !== USTAR && magic !== GNU) {
    faults.add("archive.tar-format", null, "A header is neither ustar, GNU nor pax.", "Pack with a current tar.");
    return null;
  }
  if (!checksumHolds(block)) {
    faults.add("archive.tar-checksum", null, "A header's checksum is wrong, or a header does not stand where one is expected.");
    return null;
  }
  const name = readName(block, magic === USTAR, faults);
  const size = readOctal(block, 124, 12);
  const mode = readOctal(block, 100, 8);
  if (size === null || mode === null) {
    faults.add("archive.tar-field", name, "The size or the mode is not a plain octal number; readers parse it differently.", "Pack with a current tar.");
    return null;
  }
  if (ATTRIBUTES.some(([at, length]) => !isAttribute(block, at, length))) {
    faults.add("archive.tar-field", name, "An owner, a time or a device is not a number; some readers refuse the whole archive.", "Pack with a current tar.");
  }
  if (!cleanAfterNul(block.subarray(157, 257)) || block.subarray(500, 512).some((byte) => byte !== 0)) {
    faults.add("archive.tar-field", name, "Bytes stand behind the end of a header field.");
  }
  return { name, size, mode, type: String.fromCharCode(block[156] ?? 0) };
}

function checksumHolds(block: Buffer): boolean {
  const declared = readOctal(block, 148, 8);
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
  return declared === sum;
}

// Digits, leading blanks as old tars and Perl write them, then NULs or spaces to the end of the field. GNU's base-256 is not among what every reader knows.
function readOctal(block: Buffer, at: number, length: number): number | null {
  const text = block.toString("latin1", at, at + length);
  return /^ *[0-7]+[\0 ]+$/.test(text) ? Number.parseInt(text, 8) : null;
}

// Owner, group, time and device numbers: they change nothing that is unpacked, but readers stop at what they cannot read.
const ATTRIBUTES: readonly [number, number][] = [[108, 8], [116, 8], [136, 12], [329, 8], [337, 8]];

/** A number in octal, or in base 256 as GNU writes large ones and times before 1970, within what every reader holds; or a field of NULs. */
function isAttribute(block: Buffer, at: number, length: number): boolean {
  const field = block.subarray(at, at + length);
  const first = field[0];
  if (first === 0x80 || first === 0xff) return field.subarray(1, length - 4 - (length === 12 ? 3 : 0)).every((byte) => byte === (first === 0x80 ? 0 : 0xff));
  return /^ *[0-7]+[\0 ]*$/.test(field.toString("latin1")) || field.every((byte) => byte === 0);
}

function cleanAfterNul(field: Buffer): boolean {
  const nul = field.indexOf(0);
  return nul === -1 || field.subarray(nul).every((byte) => byte === 0);
}

function readName(block: Buffer, isUstar: boolean, faults: FaultList): string {
  const nameField = block.subarray(0, 100);
  const prefixField = block.subarray(345, 500);
  const name = decodeField(nameField, faults);
  if (!cleanAfterNul(nameField)) faults.add("archive.tar-field", name, "Bytes stand behind the end of the name.");
  if (!isUstar) {
    // GNU keeps times and sparse maps here; some readers take them for a prefix all the same.
    if (prefixField.some((byte) => byte !== 0)) faults.add("archive.tar-field", name, "A GNU header fills the place where others read a path prefix.", "Pack with `--format=pax` or `--format=ustar`.");
    return name;
  }
  const prefix = decodeField(prefixField, faults);
  if (!(cleanAfterNul(prefixField) || endsInTimes(prefixField)) || prefix.endsWith("/") || (prefix !== "" && name === "")) {
    faults.add("archive.tar-field", name, "The path prefix is not in canonical form.");
  }
  return prefix === "" ? name : `${prefix}/${name}`;
}

// npm's older packer writes the times of access and change behind the prefix, as star does; every reader stops at the NUL before them.
function endsInTimes(prefixField: Buffer): boolean {
  return prefixField[STAR_PREFIX] === 0 && cleanAfterNul(prefixField.subarray(0, STAR_PREFIX + 1)) && isAttribute(prefixField, STAR_PREFIX + 1, 12) && isAttribute(prefixField, STAR_PREFIX + 13, 12);
}

function decodeField(field: Buffer, faults: FaultList): string {
  const nul = field.indexOf(0);
  const raw = nul === -1 ? field : field.subarray(0, nul);
  try {
    return strict.decode(raw);
  } catch {
    const name = raw.toString("latin1");
    faults.add("archive.name-encoding", name, "The name is not valid UTF-8.", "Pack with a tool that writes names as UTF-8.");
    return name;
  }
}
