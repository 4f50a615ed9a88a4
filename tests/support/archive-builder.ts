import { crc32, deflateRawSync, gzipSync } from "node:zlib";

/** One entry of a zip under construction; every field that an attacker can set can be set here. */
export interface ZipEntrySpec {
  name: string | Uint8Array;
  data?: string | Uint8Array;
  /** 0 store, 8 deflate (default), anything else is only written down */
  method?: number;
  flags?: number;
  /** version that a reader needs, times ten; 20 by default */
  version?: number;
  /** Unix mode, file type included */
  mode?: number;
  attributes?: number;
  extra?: Uint8Array;
  comment?: Uint8Array;
  /** what the local header says where it differs from the directory */
  local?: { name?: string; flags?: number; method?: number; crc?: number; packedSize?: number; size?: number; extra?: Uint8Array };
  /** what the directory says where it differs from the local header */
  central?: { packedSize?: number; size?: number; offset?: number; extra?: Uint8Array };
  /** what both headers say instead of the truth */
  claim?: { crc?: number; packedSize?: number; size?: number };
  /** bytes in place of the compressed data */
  packed?: Uint8Array;
  /** a data descriptor behind the data; `zeroed` local fields come with it */
  descriptor?: "signed" | "plain" | "wrong" | "missing" | "wide";
  before?: Uint8Array;
  /** leave the entry out of the directory */
  unlisted?: boolean;
  /** offset that the directory gives instead of the true one */
  offset?: (all: number[]) => number;
}

export interface ZipSpec {
  prefix?: Uint8Array;
  /** whether offsets count from behind the prefix, as tools for self-extractors write them */
  prefixShifts?: boolean;
  comment?: Uint8Array;
  trailing?: Uint8Array;
  betweenDirectoryAndEnd?: Uint8Array;
  /** ZIP64 end record and locator before the end record; what is given replaces the truth */
  zip64End?: { entries?: number; size?: number; offset?: number; disk?: number; length?: number; locatorOffset?: number };
  end?: { entries?: number; entriesHere?: number; disk?: number; size?: number; offset?: number; commentLength?: number };
}

const S_IFREG_0644 = 0o100644;

/** Builds a zip, honest unless told otherwise. */
export function buildZip(entries: readonly ZipEntrySpec[], spec: ZipSpec = {}): Buffer {
  const prefix = Buffer.from(spec.prefix ?? new Uint8Array(0));
  const locals: Buffer[] = [prefix];
  const offsets: number[] = [];
  let at = prefix.length;
  const base = spec.prefixShifts === true ? 0 : prefix.length;
  for (const entry of entries) {
    const before = Buffer.from(entry.before ?? new Uint8Array(0));
    const local = localRecord(entry);
    offsets.push(at + before.length - (prefix.length - base));
    locals.push(before, local);
    at += before.length + local.length;
  }
  const directory = Buffer.concat(entries.flatMap((entry, index) => (entry.unlisted === true ? [] : [centralRecord(entry, entry.offset?.(offsets) ?? offsets[index] ?? 0)])));
  const between = Buffer.from(spec.betweenDirectoryAndEnd ?? new Uint8Array(0));
  const listed = entries.filter((entry) => entry.unlisted !== true).length;
  const directoryOffset = at - (prefix.length - base);
  const wide = spec.zip64End === undefined ? Buffer.alloc(0) : zip64End(spec.zip64End, listed, directory.length, directoryOffset);
  const end = endRecord(spec, listed, directory.length, directoryOffset);
  return Buffer.concat([...locals, directory, between, wide, end, Buffer.from(spec.trailing ?? new Uint8Array(0))]);
}

function truthOf(entry: ZipEntrySpec): { name: Buffer; packed: Buffer; crc: number; size: number; packedSize: number; method: number; flags: number } {
  const data = Buffer.from(entry.data ?? "");
  const method = entry.method ?? 8;
  const packed = entry.packed !== undefined ? Buffer.from(entry.packed) : method === 8 ? deflateRawSync(data, { level: 9 }) : data;
  return {
    name: Buffer.from(entry.name),
    packed,
    crc: entry.claim?.crc ?? crc32(data),
    size: entry.claim?.size ?? data.length,
    packedSize: entry.claim?.packedSize ?? packed.length,
    method,
    flags: (entry.flags ?? 0x0800) | (entry.descriptor === undefined ? 0 : 8),
  };
}

function localRecord(entry: ZipEntrySpec): Buffer {
  const truth = truthOf(entry);
  const name = Buffer.from(entry.local?.name ?? truth.name);
  const extra = Buffer.from(entry.local?.extra ?? entry.extra ?? new Uint8Array(0));
  const zeroed = entry.descriptor !== undefined;
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(entry.version ?? 20, 4);
  head.writeUInt16LE(entry.local?.flags ?? truth.flags, 6);
  head.writeUInt16LE(entry.local?.method ?? truth.method, 8);
  head.writeUInt16LE(0x0021, 12);
  head.writeUInt32LE(entry.local?.crc ?? (zeroed ? 0 : truth.crc), 14);
  head.writeUInt32LE(entry.local?.packedSize ?? (zeroed ? 0 : truth.packedSize), 18);
  head.writeUInt32LE(entry.local?.size ?? (zeroed ? 0 : truth.size), 22);
  head.writeUInt16LE(name.length, 26);
  head.writeUInt16LE(extra.length, 28);
  return Buffer.concat([head, name, extra, truth.packed, descriptorOf(entry, truth)]);
}

function descriptorOf(entry: ZipEntrySpec, truth: ReturnType<typeof truthOf>): Buffer {
  if (entry.descriptor === undefined || entry.descriptor === "missing") return Buffer.alloc(0);
  if (entry.descriptor === "wide") return Buffer.concat([Buffer.from("PK\u0007\u0008", "latin1"), uint32(truth.crc), uint64(truth.packedSize), uint64(truth.size)]);
  const fields = Buffer.alloc(12);
  fields.writeUInt32LE(truth.crc, 0);
  fields.writeUInt32LE(truth.packedSize, 4);
  fields.writeUInt32LE(entry.descriptor === "wrong" ? truth.size + 1 : truth.size, 8);
  return entry.descriptor === "plain" ? fields : Buffer.concat([Buffer.from("PK\u0007\u0008", "latin1"), fields]);
}

function centralRecord(entry: ZipEntrySpec, offset: number): Buffer {
  const truth = truthOf(entry);
  const extra = Buffer.from(entry.central?.extra ?? entry.extra ?? new Uint8Array(0));
  const comment = Buffer.from(entry.comment ?? new Uint8Array(0));
  const directory = truth.name.at(-1) === 0x2f;
  const attributes = entry.attributes ?? (entry.mode ?? (directory ? 0o040755 : S_IFREG_0644)) * 0x10000 + (directory ? 0x10 : 0);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(0x0314, 4);
  head.writeUInt16LE(entry.version ?? 20, 6);
  head.writeUInt16LE(truth.flags, 8);
  head.writeUInt16LE(truth.method, 10);
  head.writeUInt16LE(0x0021, 14);
  head.writeUInt32LE(truth.crc, 16);
  head.writeUInt32LE(entry.central?.packedSize ?? truth.packedSize, 20);
  head.writeUInt32LE(entry.central?.size ?? truth.size, 24);
  head.writeUInt16LE(truth.name.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt16LE(comment.length, 32);
  head.writeUInt32LE(attributes, 38);
  head.writeUInt32LE(entry.central?.offset ?? offset, 42);
  return Buffer.concat([head, truth.name, extra, comment]);
}

function zip64End(spec: NonNullable<ZipSpec["zip64End"]>, entries: number, size: number, offset: number): Buffer {
  const count = uint64(spec.entries ?? entries);
  const record = Buffer.concat([Buffer.from("PK\u0006\u0006", "latin1"), uint64(spec.length ?? 44), Buffer.from([45, 3, 45, 0]), uint32(spec.disk ?? 0), uint32(0), count, count, uint64(spec.size ?? size), uint64(spec.offset ?? offset)]);
  return Buffer.concat([record, Buffer.from("PK\u0006\u0007", "latin1"), uint32(0), uint64(spec.locatorOffset ?? offset + size), uint32(1)]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Eight bytes, lowest first, as ZIP64 writes sizes and offsets. */
export function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function endRecord(spec: ZipSpec, entries: number, size: number, offset: number): Buffer {
  const comment = Buffer.from(spec.comment ?? new Uint8Array(0));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(spec.end?.disk ?? 0, 4);
  end.writeUInt16LE(spec.end?.entriesHere ?? spec.end?.entries ?? entries, 8);
  end.writeUInt16LE(spec.end?.entries ?? entries, 10);
  end.writeUInt32LE(spec.end?.size ?? size, 12);
  end.writeUInt32LE(spec.end?.offset ?? offset, 16);
  end.writeUInt16LE(spec.end?.commentLength ?? comment.length, 20);
  return Buffer.concat([end, comment]);
}

/** An extra field of a zip header. */
export function extraField(id: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
}

/** One entry of a tar under construction. */
export interface TarEntrySpec {
  name: string | Uint8Array;
  data?: string | Uint8Array;
  /** `0` file (default), `5` folder, `x` pax header, and so on */
  type?: string;
  mode?: number;
  link?: string;
  prefix?: string;
  format?: "ustar" | "gnu" | "none";
  /** the size field as text, in place of twelve octal digits */
  sizeField?: string;
  /** written over the finished header, before the checksum */
  patch?: { at: number; bytes: Uint8Array };
  badChecksum?: boolean;
  padding?: number;
}

export interface TarSpec {
  /** empty blocks at the end; 2 by default */
  closingBlocks?: number;
  trailing?: Uint8Array;
  /** bytes behind the gzip member */
  afterGzip?: Uint8Array;
}

/** Builds a tar, honest unless told otherwise. */
export function buildTar(entries: readonly TarEntrySpec[], spec: TarSpec = {}): Buffer {
  return Buffer.concat([...entries.flatMap(tarEntry), Buffer.alloc(512 * (spec.closingBlocks ?? 2)), Buffer.from(spec.trailing ?? new Uint8Array(0))]);
}

/** The same, gzipped. */
export function buildTgz(entries: readonly TarEntrySpec[], spec: TarSpec = {}): Buffer {
  return Buffer.concat([gzipSync(buildTar(entries, spec), { level: 9 }), Buffer.from(spec.afterGzip ?? new Uint8Array(0))]);
}

function tarEntry(entry: TarEntrySpec): Buffer[] {
  const data = Buffer.from(entry.data ?? "");
  const block = Buffer.alloc(512);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, "0")}\0`;
  Buffer.from(entry.name).copy(block, 0, 0, 100);
  block.write(octal(entry.mode ?? (entry.type === "5" ? 0o755 : 0o644), 8), 100, "latin1");
  block.write(octal(0, 8) + octal(0, 8), 108, "latin1");
  block.write(entry.sizeField ?? octal(data.length, 12), 124, "latin1");
  block.write(octal(315532800, 12), 136, "latin1");
  block.write(entry.type ?? "0", 156, "latin1");
  block.write(entry.link ?? "", 157, "utf8");
  const magic = { ustar: "ustar\u000000", gnu: "ustar  \0", none: "" }[entry.format ?? "ustar"];
  block.write(magic, 257, "latin1");
  block.write(entry.prefix ?? "", 345, "utf8");
  if (entry.patch !== undefined) Buffer.from(entry.patch.bytes).copy(block, entry.patch.at);
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, entry.badChecksum === true ? 1 : 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  const padding = Buffer.alloc((512 - (data.length % 512)) % 512, entry.padding ?? 0);
  return [block, data, padding];
}

/** A record of a pax extended header, with its length. */
export function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length += 1;
  return `${length} ${key}=${value}\n`;
}

/** A plugin that passes every check, so that a case has only the fault it is about. */
export const VALID_PLUGIN: Readonly<Record<string, string>> = {
  "plugin.yaml": "id: harbour-lights\nname: Harbour Lights\nentrypoint: main.ts\nversion: 1.0.0\ndescription: Greets.\npermissions: []\nlicense: MIT\n",
  "main.ts": "export default { init(): void {} };\n",
  "README.md": "# Harbour Lights\n\n## Usage\n\nInstall it.\n",
  LICENSE: "MIT License\n",
};

/** The entries of {@link VALID_PLUGIN} for either builder. */
export function validEntries(): { name: string; data: string }[] {
  return Object.entries(VALID_PLUGIN).map(([name, data]) => ({ name, data }));
}
