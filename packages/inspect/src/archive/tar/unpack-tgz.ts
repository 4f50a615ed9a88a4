import { createHash } from "node:crypto";
import { ARCHIVE_LIMITS } from "../archive-limits.ts";
import { HEAD_BYTES, type ArchiveEntry, type FaultList, type UnpackedArchive } from "../archive-types.ts";
import { checkEntryName } from "../check-entry-name.ts";
import { checkNameClashes } from "../check-name-clashes.ts";
import { gunzipOnce } from "./gunzip-once.ts";
import { readPaxRecords } from "./read-pax-records.ts";
import { BLOCK, readTarHeader, type TarHeader } from "./read-tar-header.ts";

interface TarState {
  tar: Buffer;
  faults: FaultList;
  entries: ArchiveEntry[];
  places: Map<string, { start: number; size: number }>;
  total: number;
  /** set by an extended header, used up by the entry after it */
  pending: { path: string | null; size: number | null } | null;
}

/** The verdict on a gzipped tar: only entries that every reader understands alike. */
export async function unpackTgz(bytes: Buffer, faults: FaultList): Promise<UnpackedArchive> {
  const tar = await gunzipOnce(bytes, faults);
  if (tar === null) return { entries: [], heads: new Map(), open: () => null };
  const state: TarState = { tar, faults, entries: [], places: new Map(), total: 0, pending: null };
  walkBlocks(state);
  checkNameClashes(state.entries, faults);
  const heads = new Map([...state.places].map(([path, { start, size }]) => [path, new Uint8Array(tar.subarray(start, start + Math.min(size, HEAD_BYTES)))]));
  return {
    entries: state.entries,
    heads,
    open(path) {
      const place = state.places.get(path);
      return place === undefined ? null : tar.subarray(place.start, place.start + place.size);
    },
  };
}

function walkBlocks(state: TarState): void {
  const { tar, faults } = state;
  for (let at = 0; ; ) {
    if (at + BLOCK > tar.length) return faults.add("archive.tar-truncated", null, "The stream ends without the two empty blocks that close a tar.");
    const block = tar.subarray(at, at + BLOCK);
    if (isZero(block)) return checkEnd(state, at);
    const header = readTarHeader(block, faults);
    if (header === null) return;
    const start = at + BLOCK;
    const next = start + Math.ceil(header.size / BLOCK) * BLOCK;
    if (next > tar.length) return faults.add("archive.tar-truncated", header.name, "The entry's data is cut off.");
    if (!isZero(tar.subarray(start + header.size, next))) faults.add("archive.tar-padding", header.name, "Bytes are hidden in the padding behind the data.");
    if (!takeEntry(state, header, start)) return;
    at = next;
  }
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

function checkEnd({ tar, faults, pending }: TarState, at: number): void {
  if (tar.length < at + 2 * BLOCK) faults.add("archive.tar-truncated", null, "Only one empty block closes the tar; two are required.");
  if (tar.length % BLOCK !== 0 || !isZero(tar.subarray(at))) faults.add("archive.trailing-bytes", null, "Bytes follow the empty blocks that close the tar; some readers go on there.", "Remove what was appended.");
  if (pending !== null) faults.add("archive.tar-extended-header", null, "An extended header has no entry after it.");
}

/** False when the rest of the stream cannot be judged. */
function takeEntry(state: TarState, header: TarHeader, start: number): boolean {
  const data = state.tar.subarray(start, start + header.size);
  if (header.type === "g") {
    if (state.pending !== null) refuseHeader(state, "A global header stands between an extended header and its entry.");
    return readPaxRecords(data, "global", state.faults) !== null;
  }
  if (header.type === "x" || header.type === "L") {
    if (state.pending !== null) refuseHeader(state, "Two extended headers stand before one entry; readers disagree on which one counts.");
    state.pending = header.type === "x" ? readPax(state, data) : readLongName(state, data);
    return state.pending !== null;
  }
  const pending = state.pending;
  state.pending = null;
  if (pending?.size !== null && pending?.size !== undefined && pending.size !== header.size) {
    refuseHeader(state, "The extended header and the entry give different sizes.");
    return false;
  }
  return takeMember(state, header, pending?.path ?? header.name, start);
}

function refuseHeader(state: TarState, detail: string): void {
  state.faults.add("archive.tar-extended-header", null, detail);
}

function readPax(state: TarState, data: Buffer): TarState["pending"] {
  const records = readPaxRecords(data, "entry", state.faults);
  if (records === null) return null;
  const size = records.get("size");
  return { path: records.get("path") ?? null, size: size === undefined ? null : Number(size) };
}

function readLongName(state: TarState, data: Buffer): TarState["pending"] {
  const raw = data.at(-1) === 0 ? data.subarray(0, -1) : data;
  if (raw.length === 0 || raw.includes(0)) {
    refuseHeader(state, "A GNU long name is empty or holds NUL.");
    return null;
  }
  try {
    return { path: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw), size: null };
  } catch {
    state.faults.add("archive.name-encoding", raw.toString("latin1"), "The name is not valid UTF-8.");
    return null;
  }
}

const REFUSED_TYPES: Record<string, string> = { "3": "a character device", "4": "a block device", "6": "a pipe" };

function takeMember(state: TarState, header: TarHeader, written: string, start: number): boolean {
  const { faults } = state;
  if (header.type === "1" || header.type === "2" || header.type === "K") {
    faults.add("archive.link", written, "The entry is a link.", "Pack the file itself.");
    return header.type !== "K";
  }
  const special = REFUSED_TYPES[header.type];
  if (special !== undefined) {
    faults.add("archive.special-file", written, `The entry is ${special}.`);
    return true;
  }
  if (header.type !== "0" && header.type !== "\0" && header.type !== "5") {
    faults.add("archive.tar-type", written, "The entry has a type that not every reader knows (sparse, multi-volume or a vendor's).", "Pack with `tar --format=ustar`.");
    return false;
  }
  return takeFileOrFolder(state, header, written, start);
}

function takeFileOrFolder(state: TarState, header: TarHeader, written: string, start: number): boolean {
  const { faults } = state;
  const isDirectory = header.type === "5";
  if ((header.mode & 0o6000) !== 0) faults.add("archive.setuid", written, "The entry would run with the rights of its owner or group.", "Take the set-user and set-group bits off.");
  if (isDirectory && header.size > 0) faults.add("archive.directory-with-data", written, "A folder entry carries data.");
  if (!isDirectory && written.endsWith("/")) faults.add("archive.type-mismatch", written, "A file's name ends in a slash; some readers make a folder of it.");
  // `tar -C folder .` writes `./` before every name, and `./` itself.
  if (isDirectory && (written === "./" || written === ".")) return true;
  const path = (written.startsWith("./") ? written.slice(2) : written).replace(/\/$/, "");
  checkEntryName(path, faults);
  state.total += header.size;
  if (state.entries.length >= ARCHIVE_LIMITS.entries) {
    faults.add("archive.too-many-entries", null, `The archive holds more than ${ARCHIVE_LIMITS.entries} entries.`);
    return false;
  }
  if (state.total > ARCHIVE_LIMITS.unpackedBytes) {
    faults.add("archive.too-large-unpacked", null, `The archive unpacks to more than ${ARCHIVE_LIMITS.unpackedBytes} bytes.`);
    return false;
  }
  const size = isDirectory ? 0 : header.size;
  const data = state.tar.subarray(start, start + size);
  const sha256 = isDirectory ? "" : createHash("sha256").update(data).digest("hex");
  if (!isDirectory) state.places.set(path, { start, size });
  state.entries.push({ path, size, sha256, isDirectory });
  return true;
}
