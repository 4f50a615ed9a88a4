import { crc32, gunzipSync, gzipSync } from "node:zlib";
import { buildTgz, buildZip, extraField, paxRecord, VALID_PLUGIN, validEntries, type TarEntrySpec, type TarSpec } from "./archive-builder.ts";
import type { SaveZip } from "./vectors-zip64.ts";

type SaveTgz = (name: string, code: string | null, note: string, extra: TarEntrySpec[], spec?: TarSpec) => void;
type SaveBytes = (name: string, bytes: Uint8Array, code: string | null, note: string) => void;

/** Archives that look strange and are read alike by every reader. */
export function writeOddButValid(zip: SaveZip, tgz: SaveTgz, save: SaveBytes): void {
  writeOddZips(zip);
  writeOddManifests(save);
  writeOddTars(tgz, save);
}

function writeOddZips(zip: SaveZip): void {
  zip("ok-long-path", null, "a path of about a thousand bytes", [{ name: `${"folder-with-a-long-name-of-fifty-characters-in-all/".repeat(19)}note.txt`, data: "x" }]);
  zip("ok-deep-path", null, "thirty-two levels", [{ name: `${"d/".repeat(31)}note.txt`, data: "x" }]);
  zip("ok-empty-deflated", null, "an empty file, compressed", [{ name: "empty.txt", data: "" }]);
  zip("ok-folder-deflated", null, "a folder entry, compressed to two bytes", [{ name: "docs/", data: "" }, { name: "docs/a.txt", data: "x" }]);
  zip("ok-dos-attributes", null, "made on a system without Unix modes", [{ name: "note.txt", data: "x", attributes: 0x20 }, { name: "docs/", data: "", method: 0, attributes: 0x10 }]);
  zip("ok-times-and-owners", null, "extra fields for times and owners", [{ name: "note.txt", data: "x", extra: Buffer.concat([extraField(0x5455, Buffer.from("0100000000", "hex")), extraField(0x7875, Buffer.from("01040000000004ffffffff", "hex")), extraField(0x000a, Buffer.alloc(32))]) }]);
  zip("ok-long-comment", null, "the longest comment", [], { comment: Buffer.alloc(0xffff, "c") });
  zip("ok-entry-comment", null, "a comment on an entry", [{ name: "note.txt", data: "x", comment: Buffer.from("made by hand") }]);
  zip("ok-emoji-name", null, "a name beyond the basic plane", [{ name: "docs/\u{1f30a}-\u{1f5fa}.txt", data: "x" }]);
  zip("ok-scripts", null, "names in Arabic, Hindi, Korean and Thai", ["\u0645\u0631\u0641\u0623", "\u092c\u0902\u0926\u0930\u0917\u093e\u0939", "\ud56d\uad6c", "\u0e17\u0e48\u0e32\u0e40\u0e23\u0e37\u0e2d"].map((word) => ({ name: `docs/${word}.txt`, data: "x" })));
  zip("ok-blanks-and-marks", null, "blanks and marks inside of names", [{ name: "docs/a b (1) #2 & 3's [x], 100%.txt", data: "x" }]);
  zip("ok-executable", null, "an executable bit", [{ name: "tool.txt", data: "x", mode: 0o100755 }]);
}

function writeOddManifests(save: SaveBytes): void {
  const withManifest = (text: string): Buffer => buildZip(validEntries().map((entry) => (entry.name === "plugin.yaml" ? { ...entry, data: text } : entry)));
  const plain = VALID_PLUGIN["plugin.yaml"] ?? "";
  save("ok-manifest-crlf.zip", withManifest(plain.replaceAll("\n", "\r\n")), null, "manifest with CRLF line ends");
  save("ok-manifest-comments.zip", withManifest(`# Harbour Lights\n---\n${plain.replace("name: ", "# its name\nname: ")}# end`), null, "comments, a document marker, no line end at the end");
  save("ok-manifest-last.zip", buildZip([...validEntries()].reverse()), null, "the manifest at the end of the archive");
}

function writeOddTars(tgz: SaveTgz, save: SaveBytes): void {
  const note = { name: "note.txt", data: "a note\n" };
  tgz("ok-tar-gnu-plain", null, "GNU magic throughout", [{ ...note, format: "gnu" }]);
  tgz("ok-tar-old-file-type", null, "NUL as the type of a file", [{ ...note, type: "\0" }]);
  tgz("ok-tar-prefix", null, "a path in two fields", [{ ...note, name: "note.txt", prefix: `docs/${"n".repeat(140)}` }]);
  tgz("ok-tar-blank-numbers", null, "sizes with leading blanks", [{ ...note, sizeField: "          7\0" }]);
  tgz("ok-tar-star-times", null, "times behind the prefix, as npm packages have them", [{ ...note, patch: { at: 476, bytes: Buffer.from("15075543223\0".repeat(2)) } }]);
  tgz("ok-tar-large-owner", null, "an owner above what octal holds", [{ ...note, patch: { at: 108, bytes: Buffer.from("80000000705a6538", "hex") } }]);
  tgz("ok-tar-blocks", null, "a full record of empty blocks", [note], { closingBlocks: 20 });
  tgz("ok-tar-empty-and-folders", null, "empty file and folder entries", [{ name: "docs/", type: "5" }, { name: "docs/empty.txt" }]);
  tgz("ok-tar-pax-unicode", null, "a name beyond ASCII in a pax record", [{ name: "PaxHeaders/x", type: "x", data: paxRecord("path", "docs/\u00fcbersicht-\u6f22\u5b57.txt") }, { name: "docs/x", data: "x" }]);
  const tar = buildTgz([...validEntries(), note]);
  save("ok-gzip-fields.tar.gz", withGzipFields(tar), null, "gzip with extra field, name, comment and header checksum");
  save("ok-gzip-stored.tar.gz", gzipSync(gunzipSync(tar), { level: 0 }), null, "gzip without compression");
}

function withGzipFields(plain: Buffer): Buffer {
  const head = Buffer.concat([plain.subarray(0, 3), Buffer.from([0x1e]), plain.subarray(4, 10), Buffer.from([3, 0, 65, 66, 67]), Buffer.from("package.tar\0made for a test\0")]);
  const check = Buffer.alloc(2);
  check.writeUInt16LE(crc32(head) & 0xffff);
  return Buffer.concat([head, check, plain.subarray(10)]);
}
