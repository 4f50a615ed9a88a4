/** Signatures, field offsets and sizes of PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16. */
export const LOCAL_SIGNATURE = 0x04034b50;
export const CENTRAL_SIGNATURE = 0x02014b50;
export const END_SIGNATURE = 0x06054b50;
export const DESCRIPTOR_SIGNATURE = 0x08074b50;
export const LOCAL_SIZE = 30;
export const CENTRAL_SIZE = 46;
export const END_SIZE = 22;

/** What a 16-bit or a 32-bit field says when its value stands in a ZIP64 field. */
export const ELSEWHERE_16 = 0xffff;
export const ELSEWHERE_32 = 0xffffffff;

export const METHOD_STORE = 0;
export const METHOD_DEFLATE = 8;

/** ZIP64 needs version 4.5 (APPNOTE 4.4.3.2), and nothing that is accepted needs more: some readers skip entries that claim to. */
export const NEWEST_VERSION = 45;

export const FLAG_DESCRIPTOR = 0x0008;
export const FLAG_UTF8 = 0x0800;
/** encrypted, strong encryption, masked headers */
export const FLAGS_ENCRYPTION = 0x0001 | 0x0040 | 0x2000;
/** deflate level (bits 1 and 2), data descriptor, UTF-8 */
export const FLAGS_ALLOWED = 0x0006 | FLAG_DESCRIPTOR | FLAG_UTF8;

export interface EndRecord {
  /** first byte behind the directory: of the ZIP64 end record where there is one */
  offset: number;
  entries: number;
  directorySize: number;
  directoryOffset: number;
}

/** One central directory record, before anything in it is believed. Sizes and offset are those that count, wherever they stand. */
export interface CentralRecord {
  name: string;
  nameBytes: Buffer;
  /** lowest version of a reader that may open it, times ten */
  version: number;
  flags: number;
  method: number;
  time: number;
  crc: number;
  packedSize: number;
  size: number;
  /** upper half of the external attributes: a Unix mode, or 0 */
  mode: number;
  dosDirectory: boolean;
  localOffset: number;
}

/** A record whose local header was found and whose data lies in `[dataStart, dataStart + packedSize)`. */
export interface LocatedRecord extends CentralRecord {
  dataStart: number;
  /** first byte after the data and its descriptor */
  end: number;
}
