import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { buildTgz, buildZip, extraField, paxRecord, validEntries, type TarEntrySpec, type TarSpec, type ZipEntrySpec, type ZipSpec } from "./archive-builder.ts";
import { writeOddButValid } from "./vectors-odd-but-valid.ts";
import { writeVectorsByTools } from "./vectors-by-tools.ts";
import { writeZip64Cases } from "./vectors-zip64.ts";

/**
 * Writes the archive corpus into the folder given as the first argument:
 * `node tests/support/write-archive-vectors.ts tests/vectors/archive`.
 * Most cases are made by the builder, the same bytes each time; what the tools of other people write is kept once it is
 * there, since it carries times (`vectors-by-tools.ts` says which tools those are).
 */
interface VectorCase {
  file: string;
  /** the one code expected; null for the accepted */
  code: string | null;
  /** codes that cannot be avoided beside it */
  also?: string[];
  note: string;
}

const folder = resolve(process.argv[2] ?? "tests/vectors/archive");
const cases: VectorCase[] = [];

function save(name: string, bytes: Uint8Array, code: string | null, note: string, also: string[] = []): void {
  writeFileSync(join(folder, name), bytes);
  cases.push({ file: name, code, note, ...(also.length > 0 ? { also } : {}) });
}

function zip(name: string, code: string | null, note: string, extra: ZipEntrySpec[], spec: ZipSpec = {}, also: string[] = []): void {
  save(`${name}.zip`, buildZip([...validEntries(), ...extra], spec), code, note, also);
}

function tgz(name: string, code: string | null, note: string, extra: TarEntrySpec[], spec: TarSpec = {}, also: string[] = []): void {
  save(`${name}.tar.gz`, buildTgz([...validEntries(), ...extra], spec), code, note, also);
}

function writeNameCases(): void {
  const names: [string, string, string, string][] = [
    ["traversal", "archive.traversal", "../evil.txt", "climbs out"],
    ["traversal-inside", "archive.traversal", "docs/../../evil.txt", "climbs out from a folder"],
    ["absolute", "archive.absolute-path", "/etc/evil.txt", "starts at the root"],
    ["backslash", "archive.backslash", "docs\\evil.txt", "a separator on Windows"],
    ["dot-segment", "archive.dot-segment", "docs/./note.txt", "the same file by another name"],
    ["empty-segment", "archive.dot-segment", "docs//note.txt", "the same file by another name"],
    ["nul", "archive.control-character", "note.txt\0.md", "cut at NUL by C programs"],
    ["newline", "archive.control-character", "note\n.txt", "forges lines in lists"],
    ["device", "archive.device-name", "docs/CON.txt", "opens the console on Windows"],
    ["device-superscript", "archive.device-name", "COM\u00b9", "superscript digits count as well"],
    ["trailing-dot", "archive.trailing-dot", "docs/note.txt.", "Windows takes the dot off"],
    ["trailing-space", "archive.trailing-dot", "docs /note.txt", "Windows takes the space off"],
    ["not-nfc", "archive.name-not-nfc", "cafe\u0301.txt", "decomposed"],
    ["bidi-name", "archive.invisible-character", "invoice\u202etxt.ts", "reads as another type"],
    ["wildcard-name", "archive.name-character", "what?.txt", "refused by Windows"],
    ["deep", "archive.name-too-long", `${"d/".repeat(40)}note.txt`, "forty levels"],
    ["long-name", "archive.name-too-long", `${"n".repeat(300)}.txt`, "longer than file systems allow"],
  ];
  for (const [name, code, path, note] of names) zip(`name-${name}`, code, note, [{ name: path, data: "x" }]);
  zip("name-drive", "archive.drive-letter", "a drive of Windows", [{ name: "C:/evil.txt", data: "x" }]);
  zip("name-duplicate", "archive.duplicate", "the second replaces the manifest", [{ name: "plugin.yaml", data: "id: other\n" }]);
  zip("name-case", "archive.name-clash", "one file on macOS and Windows", [{ name: "Main.ts", data: "x" }]);
  zip("name-folder-case", "archive.name-clash", "one folder on macOS and Windows", [{ name: "docs/a.txt", data: "x" }, { name: "Docs/b.txt", data: "x" }]);
  zip("name-compatibility", "archive.name-clash", "a ligature and its letters", [{ name: "\ufb01le.txt", data: "x" }, { name: "file.txt", data: "x" }]);
  zip("name-file-as-folder", "archive.file-as-directory", "a file that others stand in", [{ name: "main.ts/x.txt", data: "x" }]);
  zip("name-latin1", "archive.name-encoding", "not UTF-8", [{ name: Buffer.from("caf\u00e9.txt", "latin1"), data: "x", flags: 0 }]);
  zip("name-no-utf8-flag", "archive.name-encoding", "UTF-8 without saying so", [{ name: "caf\u00e9.txt", data: "x", flags: 0 }]);
}

function writeRecordCases(): void {
  const note: ZipEntrySpec = { name: "note.txt", data: "a note\n" };
  zip("zip-prefix", "archive.prefix-bytes", "a shell script in front, offsets right", [], { prefix: Buffer.from("#!/bin/sh\n") });
  zip("zip-prefix-shifted", "archive.prefix-bytes", "a shell script in front, offsets shifted", [], { prefix: Buffer.from("#!/bin/sh\n"), prefixShifts: true });
  zip("zip-trailing", "archive.trailing-bytes", "bytes behind the end record", [], { trailing: Buffer.from("appended") });
  zip("zip-two-ends", "archive.several-end-records", "a second archive inside the comment", [], { comment: buildZip([{ name: "plugin.yaml", data: "id: other\n" }]) });
  zip("zip-comment-record", "archive.comment-record", "a local header inside the comment", [], { comment: Buffer.from("see PK\u0003\u0004 here", "latin1") });
  zip("zip-entry-comment-record", "archive.comment-record", "a directory record inside an entry's comment", [{ ...note, comment: Buffer.from("PK\u0001\u0002", "latin1") }]);
  zip("zip-count-low", "archive.entry-count", "the end record hides an entry", [note], { end: { entries: 4 } });
  zip("zip-count-disk", "archive.entry-count", "two counts that differ", [note], { end: { entriesHere: 4 } });
  zip("zip-multi-disk", "archive.multi-disk", "part of a set", [], { end: { disk: 1 } });
  zip("zip-unlisted", "archive.gap", "an entry that only streaming readers see", [{ ...note, unlisted: true }, { name: "last.txt", data: "x" }]);
  zip("zip-gap", "archive.gap", "bytes between two entries", [{ ...note, before: Buffer.from("hidden") }]);
  zip("zip-gap-directory", "archive.gap", "bytes between directory and end", [], { betweenDirectoryAndEnd: Buffer.from("hidden") });
  zip("zip-overlap", "archive.overlap", "two names for the same bytes", [note, { ...note, name: "copy.txt", offset: (all) => all[4] ?? 0 }], {}, ["archive.central-local-mismatch", "archive.gap"]);
  zip("zip-local-name", "archive.central-local-mismatch", "two names for one entry", [{ ...note, local: { name: "evil.txt" } }]);
  zip("zip-local-size", "archive.central-local-mismatch", "two sizes for one entry", [{ ...note, local: { size: 3 } }]);
  zip("zip-local-crc", "archive.central-local-mismatch", "two checksums for one entry", [{ ...note, local: { crc: 1 } }]);
  zip("zip-local-method", "archive.central-local-mismatch", "two methods for one entry", [{ ...note, local: { method: 0 } }]);
  zip("zip-local-flags", "archive.central-local-mismatch", "two sets of flags for one entry", [{ ...note, local: { flags: 0 } }]);
  zip("zip-no-such-offset", "archive.central-local-mismatch", "points into another entry", [{ ...note, offset: (all) => (all[4] ?? 0) + 3 }], {}, ["archive.gap"]);
  zip("zip-encrypted", "archive.encrypted", "traditional encryption", [{ ...note, flags: 0x0801 }]);
  zip("zip-aes", "archive.encrypted", "AES by extra field", [{ ...note, extra: extraField(0x9901, Buffer.from("0200414503", "hex")) }]);
  zip("zip-flag-patch", "archive.flags", "a flag that readers ignore", [{ ...note, flags: 0x0820 }]);
  zip("zip-method-lzma", "archive.method", "LZMA", [{ ...note, method: 14 }]);
  zip("zip-version-needed", "archive.version-needed", "an entry that some readers skip, found by the fuzzer", [{ ...note, version: 254 }]);
  zip("zip-unicode-path", "archive.unicode-path", "a second name in an extra field", [{ ...note, extra: extraField(0x7075, Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), Buffer.from("evil.txt")])) }]);
  zip("zip-extra-unknown", "archive.extra-field", "a field with a file name of its own (ZipIt)", [{ ...note, extra: extraField(0x2605, Buffer.from("evil")) }]);
  zip("zip-extra-cut", "archive.extra-field", "a field longer than its header", [{ ...note, extra: Buffer.from([0x55, 0x54, 0xff, 0x00, 1]) }]);
  zip("zip-zip64-field", "archive.zip64", "sizes moved to an extra field", [{ ...note, extra: extraField(0x0001, Buffer.alloc(16)) }]);
  zip("zip-zip64-end", "archive.zip64", "end record with ZIP64 values", [], { end: { entries: 0xffff } });
}

function writeDataCases(): void {
  const note: ZipEntrySpec = { name: "note.txt", data: "a note\n" };
  zip("zip-symlink", "archive.link", "a link out of the package", [{ name: "link", data: "/etc/passwd", mode: 0o120777 }]);
  zip("zip-fifo", "archive.special-file", "a pipe", [{ name: "pipe", data: "", mode: 0o010644 }]);
  zip("zip-setuid", "archive.setuid", "set-user bit", [{ ...note, mode: 0o104755 }]);
  zip("zip-folder-as-file", "archive.type-mismatch", "a folder's attributes on a file", [{ ...note, mode: 0o040755 }]);
  zip("zip-file-as-folder", "archive.type-mismatch", "a folder's name on a file", [{ name: "docs/", data: "", mode: 0o100644 }]);
  zip("zip-folder-data", "archive.directory-with-data", "a folder with content", [{ name: "docs/", data: "hidden" }]);
  zip("zip-crc", "archive.crc", "content that does not match its checksum", [{ ...note, claim: { crc: 1 } }]);
  zip("zip-size-short", "archive.size-mismatch", "unpacks to more than it says", [{ ...note, claim: { size: 3 } }]);
  zip("zip-size-long", "archive.size-mismatch", "unpacks to less than it says", [{ ...note, claim: { size: 30 } }]);
  zip("zip-deflate-damaged", "archive.deflate", "not a deflate stream", [{ ...note, packed: Buffer.from("ffffffff", "hex") }]);
  zip("zip-deflate-tail", "archive.gap", "bytes behind the deflate stream", [{ ...note, packed: Buffer.concat([deflateRawSync("a note\n"), Buffer.from("hidden")]) }]);
  zip("zip-bomb", "archive.ratio", "8 MiB of zeros", [{ name: "zeros.dat", data: Buffer.alloc(8 << 20) }]);
  zip("zip-bomb-lie", "archive.size-mismatch", "8 MiB of zeros that claim to be 1 KiB", [{ name: "zeros.dat", data: Buffer.alloc(8 << 20), claim: { size: 1024 } }]);
  zip("zip-too-large", "archive.too-large-unpacked", "claims 300 MiB", [{ ...note, claim: { size: 300 << 20 } }]);
  zip("zip-descriptor-wrong", "archive.data-descriptor", "a descriptor that disagrees", [{ ...note, descriptor: "wrong" }], {}, ["archive.gap"]);
  zip("zip-descriptor-missing", "archive.data-descriptor", "a descriptor that is not there", [{ ...note, descriptor: "missing" }]);
  zip("zip-descriptor-stored", "archive.data-descriptor", "no way to find the end of the data", [{ ...note, method: 0, descriptor: "signed" }]);
  const valid = buildZip(validEntries());
  save("zip-cut.zip", valid.subarray(0, valid.length - 30), "archive.no-end-record", "cut off");
  save("zip-comment-cut.zip", buildZip(validEntries(), { end: { commentLength: 9 } }), "archive.truncated", "a comment that is not there");
  save("not-an-archive.zip", Buffer.from("no archive at all\n"), "archive.unknown-format", "text");
  save("too-many-entries.zip", buildZip(validEntries(), { end: { entries: 5001 } }), "archive.too-many-entries", "5,001 entries by its own count");
}

function writeTarCases(): void {
  const file: TarEntrySpec = { name: "note.txt", data: "a note\n" };
  tgz("tar-traversal", "archive.traversal", "climbs out", [{ ...file, name: "../evil.txt" }]);
  tgz("tar-absolute", "archive.absolute-path", "starts at the root", [{ ...file, name: "/etc/evil.txt" }]);
  tgz("tar-dot-dot-slash", "archive.dot-segment", "two leading dots and slashes", [{ ...file, name: "././note.txt" }]);
  tgz("tar-symlink", "archive.link", "symbolic link", [{ name: "link", type: "2", link: "/etc/passwd" }]);
  tgz("tar-hardlink", "archive.link", "hard link", [{ name: "link", type: "1", link: "main.ts" }]);
  tgz("tar-long-link", "archive.link", "GNU long link name", [{ name: "././@LongLink", type: "K", format: "gnu", data: "target\0" }]);
  tgz("tar-device", "archive.special-file", "character device", [{ name: "dev", type: "3" }]);
  tgz("tar-fifo", "archive.special-file", "pipe", [{ name: "pipe", type: "6" }]);
  tgz("tar-sparse", "archive.tar-type", "GNU sparse file", [{ ...file, type: "S", format: "gnu" }]);
  tgz("tar-setuid", "archive.setuid", "set-user bit", [{ ...file, mode: 0o4755 }]);
  tgz("tar-duplicate", "archive.duplicate", "the second replaces the manifest", [{ name: "plugin.yaml", data: "id: other\n" }]);
  tgz("tar-duplicate-dot", "archive.duplicate", "the same path with and without ./", [{ name: "./plugin.yaml", data: "id: other\n" }]);
  tgz("tar-folder-data", "archive.directory-with-data", "a folder with content", [{ name: "docs/", type: "5", data: "hidden" }]);
  tgz("tar-file-slash", "archive.type-mismatch", "a file that some take for a folder", [{ name: "docs/", data: "" }]);
  tgz("tar-v7", "archive.tar-format", "no magic", [{ ...file, format: "none" }]);
  tgz("tar-checksum", "archive.tar-checksum", "wrong checksum", [{ ...file, badChecksum: true }]);
  tgz("tar-size-base256", "archive.tar-field", "binary size", [{ ...file, patch: { at: 124, bytes: Buffer.from("800000000000000000000007", "hex") } }]);
  tgz("tar-size-negative", "archive.tar-field", "negative size", [{ ...file, sizeField: "-0000000007\0" }]);
  tgz("tar-time", "archive.tar-field", "a time that is no number, found by the fuzzer", [{ ...file, patch: { at: 140, bytes: Buffer.from("S") } }]);
  tgz("tar-owner", "archive.tar-field", "an owner that is no number", [{ ...file, patch: { at: 110, bytes: Buffer.from("x") } }]);
  tgz("tar-name-tail", "archive.tar-field", "a second name behind NUL", [{ ...file, patch: { at: 20, bytes: Buffer.from("evil.txt") } }]);
  tgz("tar-prefix-tail", "archive.tar-field", "a second prefix behind the first", [{ ...file, prefix: "docs", patch: { at: 400, bytes: Buffer.from("evil") } }]);
  tgz("tar-gnu-prefix", "archive.tar-field", "a prefix that only some readers see", [{ ...file, format: "gnu", prefix: "docs" }]);
  tgz("tar-padding", "archive.tar-padding", "bytes in the padding", [{ ...file, padding: 0x41 }]);
  tgz("tar-no-end", "archive.tar-truncated", "no closing blocks", [], { closingBlocks: 0 });
  tgz("tar-one-block", "archive.tar-truncated", "one closing block", [], { closingBlocks: 1 });
  tgz("tar-after-end", "archive.trailing-bytes", "bytes behind the closing blocks", [], { trailing: Buffer.alloc(512, 0x41) });
  tgz("tar-second-member", "archive.trailing-bytes", "a second gzip member", [], { afterGzip: buildTgz([{ name: "plugin.yaml", data: "id: other\n" }]) });
  tgz("tar-bomb", "archive.ratio", "8 MiB of zeros", [{ name: "zeros.dat", data: Buffer.alloc(8 << 20) }]);
}

function writePaxCases(): void {
  const file: TarEntrySpec = { name: "note.txt", data: "a note\n" };
  const pax = (records: string): TarEntrySpec => ({ name: "PaxHeaders/note.txt", type: "x", data: records });
  tgz("pax-two-headers", "archive.tar-extended-header", "two headers before one entry", [pax(paxRecord("path", "a.txt")), pax(paxRecord("path", "b.txt")), file]);
  tgz("pax-two-kinds", "archive.tar-extended-header", "pax and GNU before one entry", [pax(paxRecord("path", "a.txt")), { name: "././@LongLink", type: "L", format: "gnu", data: "b.txt\0" }, file]);
  tgz("pax-duplicate-key", "archive.tar-extended-header", "a key twice", [pax(paxRecord("path", "a.txt") + paxRecord("path", "b.txt")), file]);
  tgz("pax-unknown-key", "archive.tar-extended-header", "sparse map", [pax(paxRecord("GNU.sparse.name", "b.txt")), file]);
  tgz("pax-hdrcharset", "archive.tar-extended-header", "names in another charset", [pax(paxRecord("hdrcharset", "BINARY")), file]);
  tgz("pax-nul", "archive.tar-extended-header", "NUL in a name", [pax(paxRecord("path", "a.txt\0b")), file]);
  tgz("pax-length", "archive.tar-extended-header", "wrong length", [pax("99 path=a.txt\n"), file]);
  tgz("pax-size", "archive.tar-extended-header", "two sizes", [pax(paxRecord("size", "3")), file]);
  tgz("pax-linkpath", "archive.link", "target of a link", [pax(paxRecord("linkpath", "/etc/passwd")), file]);
  tgz("pax-global-path", "archive.tar-extended-header", "a path for all entries", [{ name: "pax_global_header", type: "g", data: paxRecord("path", "a.txt") }, file]);
  tgz("pax-dangling", "archive.tar-extended-header", "no entry after it", [pax(paxRecord("path", "a.txt"))]);
  tgz("pax-traversal", "archive.traversal", "climbs out in the extended header", [pax(paxRecord("path", "../evil.txt")), file]);
}

function writeGzipCases(): void {
  const valid = buildTgz(validEntries());
  const wrongCrc = Buffer.from(valid);
  wrongCrc.writeUInt32LE(1, valid.length - 8);
  save("gzip-crc.tar.gz", wrongCrc, "archive.crc", "the wrapper's checksum is wrong");
  save("gzip-flags.tar.gz", Buffer.concat([valid.subarray(0, 3), Buffer.from([0xe0]), valid.subarray(4)]), "archive.gzip", "reserved flags");
  save("gzip-size.tar.gz", Buffer.concat([valid.subarray(0, -4), Buffer.from([1, 0, 0, 0])]), "archive.size-mismatch", "the wrapper's size is wrong");
}

function writeAcceptedByBuilder(): void {
  const note: ZipEntrySpec = { name: "note.txt", data: "a note\n" };
  zip("ok-plain", null, "as the builder makes it", [note]);
  zip("ok-stored", null, "without compression", [{ ...note, method: 0 }]);
  zip("ok-descriptor-signed", null, "streamed, honest descriptor", [{ ...note, descriptor: "signed" }]);
  zip("ok-descriptor-plain", null, "streamed, descriptor without its mark", [{ ...note, descriptor: "plain" }]);
  zip("ok-empty-and-folders", null, "empty file and folder entries", [{ name: "docs/", data: "", method: 0 }, { name: "docs/empty.txt", data: "", method: 0 }]);
  zip("ok-unicode", null, "names beyond ASCII, composed", [{ name: "docs/\u00fcbersicht-\u6f22\u5b57.txt", data: "x" }]);
  zip("ok-comment", null, "a plain comment", [], { comment: Buffer.from("made for a test") });
  tgz("ok-tar-plain", null, "ustar", [note]);
  tgz("ok-tar-dot", null, "leading ./ and the folder itself", [{ name: "./", type: "5" }, { name: "./docs/", type: "5" }, { name: "./docs/note.txt", data: "x" }]);
  tgz("ok-tar-long-name", null, "GNU long name", [{ name: "././@LongLink", type: "L", format: "gnu", data: `docs/${"n".repeat(120)}.txt\0` }, { name: `docs/${"n".repeat(95)}`, data: "x", format: "gnu" }]);
  tgz("ok-tar-pax", null, "pax path, size and times, global comment", [{ name: "pax_global_header", type: "g", data: paxRecord("comment", "0".repeat(40)) }, { name: "PaxHeaders/x", type: "x", data: paxRecord("path", `docs/${"\u00fc".repeat(100)}.txt`) + paxRecord("size", "1") + paxRecord("mtime", "315532800.5") }, { name: "docs/x", data: "x" }]);
}

mkdirSync(folder, { recursive: true });
writeNameCases();
writeRecordCases();
writeDataCases();
writeTarCases();
writePaxCases();
writeGzipCases();
writeAcceptedByBuilder();
writeZip64Cases(zip);
writeOddButValid(zip, tgz, save);
for (const made of writeVectorsByTools(folder)) cases.push({ ...made, code: null });
writeFileSync(join(folder, "cases.json"), `${JSON.stringify(cases, null, 1)}\n`);
