import { crc32, deflateRawSync } from "node:zlib";

export interface ZipInput {
  /** relative, `/` between segments */
  path: string;
  bytes: Uint8Array;
}

const UTF8 = 0x0800;
const VERSION = 20;
const DOS_DATE_1980_01_01 = 0x0021;
const MADE_BY_UNIX = 0x0314;
const REGULAR_0644 = 0o100644 * 0x10000;

/**
 * A zip that depends on names and bytes alone: sorted, one fixed date, no extra
 * fields, no comment, no folder entries. The same input gives the same bytes with the same Node release.
 */
export function writeZip(inputs: readonly ZipInput[]): Uint8Array {
  const sorted = [...inputs].sort((a, b) => (a.path < b.path ? -1 : 1));
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of sorted) {
    const name = Buffer.from(path, "utf8");
    const deflated = deflateRawSync(bytes, { level: 9 });
    const stored = deflated.length >= bytes.length;
    const data = stored ? Buffer.from(bytes) : deflated;
    const shared = sharedFields(stored ? 0 : 8, crc32(bytes), data.length, bytes.length, name.length);
    locals.push(Buffer.concat([signature(0x04034b50), shared, name, data]));
    centrals.push(centralRecord(shared, name, offset));
    offset += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(centrals);
  return Buffer.concat([...locals, directory, endRecord(sorted.length, directory.length, offset)]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

// The 26 bytes that a local header and a directory record have in common.
function sharedFields(method: number, crc: number, packed: number, size: number, nameLength: number): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(UTF8, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt16LE(0, 6);
  fields.writeUInt16LE(DOS_DATE_1980_01_01, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(nameLength, 22);
  return fields;
}

function centralRecord(shared: Buffer, name: Buffer, offset: number): Buffer {
  const head = Buffer.alloc(6);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(MADE_BY_UNIX, 4);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(REGULAR_0644, 6);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, shared, tail, name]);
}

function endRecord(entries: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
