import { buildZip, extraField, uint64, validEntries, type ZipEntrySpec, type ZipSpec } from "./archive-builder.ts";

/** Saves a valid plugin with these entries more; null for a case that must be accepted. */
export type SaveZip = (name: string, code: string | null, note: string, extra: ZipEntrySpec[], spec?: ZipSpec, also?: string[]) => void;

const ELSEWHERE = 0xffffffff;
const DATA = "a note\n";
const STORED: ZipEntrySpec = { name: "note.txt", data: DATA, method: 0 };
const sizes = (...values: number[]): Buffer => extraField(0x0001, Buffer.concat(values.map(uint64)));
// Where the directory of these alone would begin, the next entry begins.
const offsetOf = (entries: ZipEntrySpec[]): number => buildZip(entries).readUInt32LE(buildZip(entries).length - 6);
const moved = { size: ELSEWHERE, packedSize: ELSEWHERE };

/** ZIP64 where it is honest, and where it would let two readers see two archives (APPNOTE 4.3.14, 4.3.15, 4.5.3). */
export function writeZip64Cases(zip: SaveZip): void {
  const length = DATA.length;
  zip("ok-zip64-local", null, "sizes of the local header in its ZIP64 field", [{ ...STORED, local: { ...moved, extra: sizes(length, length) } }]);
  zip("ok-zip64-both", null, "sizes moved in both headers", [{ ...STORED, local: { ...moved, extra: sizes(length, length) }, central: { ...moved, extra: sizes(length, length) } }]);
  zip("ok-zip64-offset", null, "the entry's place moved to the ZIP64 field", [{ ...STORED, central: { offset: ELSEWHERE, extra: sizes(offsetOf(validEntries())) } }]);
  zip("ok-zip64-repeated", null, "a ZIP64 field that repeats what the header says", [{ ...STORED, extra: sizes(length, length) }]);
  zip("ok-zip64-descriptor", null, "streamed with ZIP64, wide descriptor", [{ name: "note.txt", data: DATA, descriptor: "wide", local: { ...moved, extra: sizes(0, 0) } }]);
  zip("ok-zip64-end", null, "ZIP64 end record that repeats the plain one", [], { zip64End: {} });
  zip("ok-zip64-end-moved", null, "end record that leaves everything to ZIP64", [], { zip64End: {}, end: { entries: 0xffff, size: ELSEWHERE, offset: ELSEWHERE } });
  zip("ok-descriptor-sizes-known", null, "streamed by a writer that knows the size already", [{ name: "note.txt", data: DATA, descriptor: "signed", local: { size: length } }]);
  zip("ok-descriptor-stored-known", null, "uncompressed, checksum behind the data, sizes in front of it", [{ ...STORED, descriptor: "signed", local: { size: length, packedSize: length } }]);

  zip("zip64-end-count", "archive.zip64", "two end records that count differently", [], { zip64End: { entries: 3 } });
  zip("zip64-end-offset", "archive.zip64", "two end records that name two directories", [], { zip64End: { offset: 1 } });
  zip("zip64-end-longer", "archive.zip64", "an end record with data of its own", [], { zip64End: { length: 60 } });
  zip("zip64-end-elsewhere", "archive.zip64", "a locator that points to another place", [], { zip64End: { locatorOffset: 8 } });
  zip("zip64-end-disks", "archive.multi-disk", "part of a set by its ZIP64 record", [], { zip64End: { disk: 1 } });
  zip("zip64-end-gap", "archive.gap", "bytes between directory and ZIP64 end record", [], { zip64End: { size: 1 }, end: { size: 1 } });
  zip("zip64-field-twice", "archive.zip64", "two ZIP64 fields", [{ ...STORED, local: { ...moved, extra: Buffer.concat([sizes(length, length), sizes(1, 1)]) } }], {}, ["archive.central-local-mismatch"]);
  zip("zip64-field-absent", "archive.zip64", "sizes moved to nowhere", [{ ...STORED, local: moved }], {}, ["archive.central-local-mismatch"]);
  zip("zip64-field-longer", "archive.zip64", "more values than are moved", [{ ...STORED, central: { size: ELSEWHERE, extra: sizes(length, 1, 2) } }]);
  zip("zip64-field-short", "archive.zip64", "fewer values than are moved", [{ ...STORED, central: { ...moved, extra: sizes(length) } }], {}, ["archive.truncated"]);
  zip("zip64-field-half", "archive.zip64", "only one of two sizes moved in the entry itself", [{ ...STORED, local: { size: ELSEWHERE, extra: sizes(length, length) } }]);
  zip("zip64-local-lies", "archive.central-local-mismatch", "the entry's ZIP64 sizes are not the directory's", [{ ...STORED, local: { ...moved, extra: sizes(3, 3) } }]);
  zip("zip64-central-lies", "archive.zip64", "a field that contradicts its own header", [{ ...STORED, central: { extra: sizes(3, 3) } }]);
  zip("zip64-descriptor-narrow", "archive.data-descriptor", "ZIP64 sizes with a descriptor of the old form", [{ name: "note.txt", data: DATA, descriptor: "signed", local: { ...moved, extra: sizes(0, 0) } }], {}, ["archive.gap"]);
  zip("zip64-descriptor-wide", "archive.data-descriptor", "a wide descriptor without ZIP64 sizes", [{ name: "note.txt", data: DATA, descriptor: "wide" }], {}, ["archive.gap"]);
  zip("zip-descriptor-half", "archive.central-local-mismatch", "a descriptor, and a size in front that is neither zero nor right", [{ name: "note.txt", data: DATA, descriptor: "signed", local: { size: 3 } }]);
}
