import { ARCHIVE_LIMITS } from "../archive-limits.ts";
import type { ArchiveEntry, FaultList } from "../archive-types.ts";
import { checkEntryName } from "../check-entry-name.ts";
import type { TextKeeper } from "../keep-texts.ts";
import type { Walk } from "./feed-pieces.ts";
import { readContent } from "./read-content.ts";
import { readPaxRecords } from "./read-pax-records.ts";
import { BLOCK, readTarHeader, type TarHeader } from "./read-tar-header.ts";

export interface TarState {
  faults: FaultList;
  texts: TextKeeper;
  entries: ArchiveEntry[];
  heads: Map<string, Uint8Array>;
  places: Map<string, { start: number; size: number }>;
  /** bytes of all files so far */
  total: number;
  /** offset in the tar of what comes next */
  at: number;
  /** set by an extended header, used up by the entry after it */
  pending: { path: string | null; size: number | null } | null;
}

// A path of 1,024 bytes and a few times fit many times over.
const LONGEST_EXTENDED_HEADER = 1024 * 1024;

/** Walks the blocks of a tar as they come and writes down entries and faults. It ends early where the rest cannot be judged. */
export function* walkTar(state: TarState): Walk {
  const { faults } = state;
  for (;;) {
    const block = yield { bytes: BLOCK, whole: true };
    if (block === null) return faults.add("archive.tar-truncated", null, "The stream ends without the two empty blocks that close a tar.");
    state.at += BLOCK;
    if (isZero(block)) return yield* walkEnd(state);
    const header = readTarHeader(block, faults);
    if (header === null) return;
    const isExtended = header.type === "g" || header.type === "x" || header.type === "L";
    if (!(isExtended ? yield* walkExtended(state, header) : yield* walkEntry(state, header))) return;
    if (!(yield* walkPadding(state, header))) return;
  }
}

function* walkPadding(state: TarState, header: TarHeader): Generator<{ bytes: number; whole: boolean }, boolean, Buffer | null> {
  state.at += Math.ceil(header.size / BLOCK) * BLOCK;
  const length = (BLOCK - (header.size % BLOCK)) % BLOCK;
  if (length === 0) return true;
  const padding = yield { bytes: length, whole: true };
  if (padding === null) state.faults.add("archive.tar-truncated", header.name, "The entry's data is cut off.");
  else if (!isZero(padding)) state.faults.add("archive.tar-padding", header.name, "Bytes are hidden in the padding behind the data.");
  return padding !== null;
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

function* walkEnd({ faults, pending }: TarState): Walk {
  let length = BLOCK;
  let empty = true;
  for (;;) {
    const piece = yield { bytes: Number.MAX_SAFE_INTEGER, whole: false };
    if (piece === null) break;
    length += piece.length;
    empty &&= isZero(piece);
  }
  if (length < 2 * BLOCK) faults.add("archive.tar-truncated", null, "Only one empty block closes the tar; two are required.");
  if (length % BLOCK !== 0 || !empty) faults.add("archive.trailing-bytes", null, "Bytes follow the empty blocks that close the tar; some readers go on there.", "Remove what was appended.");
  if (pending !== null) faults.add("archive.tar-extended-header", null, "An extended header has no entry after it.");
}

/** False when the rest of the stream cannot be judged. */
function* walkExtended(state: TarState, header: TarHeader): Generator<{ bytes: number; whole: boolean }, boolean, Buffer | null> {
  if (header.size > LONGEST_EXTENDED_HEADER) {
    refuseHeader(state, "An extended header is longer than 1 MiB.");
    return false;
  }
  const data = header.size === 0 ? Buffer.alloc(0) : yield { bytes: header.size, whole: true };
  if (data === null) {
    state.faults.add("archive.tar-truncated", header.name, "The entry's data is cut off.");
    return false;
  }
  if (header.type === "g") {
    if (state.pending !== null) refuseHeader(state, "A global header stands between an extended header and its entry.");
    return readPaxRecords(data, "global", state.faults) !== null;
  }
  if (state.pending !== null) refuseHeader(state, "Two extended headers stand before one entry; readers disagree on which one counts.");
  state.pending = header.type === "x" ? readPax(state, data) : readLongName(state, data);
  return state.pending !== null;
}

function* walkEntry(state: TarState, header: TarHeader): Generator<{ bytes: number; whole: boolean }, boolean, Buffer | null> {
  const { pending } = state;
  state.pending = null;
  if (pending?.size !== null && pending?.size !== undefined && pending.size !== header.size) {
    refuseHeader(state, "The extended header and the entry give different sizes.");
    return false;
  }
  const member = judgeMember(state, header, pending?.path ?? header.name);
  if (member === "stop") return false;
  const content = yield* readContent(header.size);
  if (content === null) {
    state.faults.add("archive.tar-truncated", header.name, "The entry's data is cut off.");
    return false;
  }
  if (member === "skip") return true;
  const { path, isDirectory } = member;
  state.entries.push({ path, size: isDirectory ? 0 : header.size, sha256: isDirectory ? "" : content.sha256, isDirectory });
  if (isDirectory) return true;
  state.places.set(path, { start: state.at, size: header.size });
  state.heads.set(path, content.head);
  if (content.whole !== null) state.texts.offer(path, content.whole);
  return true;
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

/** A file or folder that is taken, `skip` for one that is not, `stop` when the rest of the stream cannot be judged. */
type Member = { path: string; isDirectory: boolean } | "skip" | "stop";

function judgeMember(state: TarState, header: TarHeader, written: string): Member {
  const { faults } = state;
  if (header.type === "1" || header.type === "2" || header.type === "K") {
    faults.add("archive.link", written, "The entry is a link.", "Pack the file itself.");
    return header.type === "K" ? "stop" : "skip";
  }
  const special = REFUSED_TYPES[header.type];
  if (special !== undefined) {
    faults.add("archive.special-file", written, `The entry is ${special}.`);
    return "skip";
  }
  if (header.type !== "0" && header.type !== "\0" && header.type !== "5") {
    faults.add("archive.tar-type", written, "The entry has a type that not every reader knows (sparse, multi-volume or a vendor's).", "Pack with `tar --format=ustar`.");
    return "stop";
  }
  return judgeFileOrFolder(state, header, written);
}

function judgeFileOrFolder(state: TarState, header: TarHeader, written: string): Member {
  const { faults } = state;
  const isDirectory = header.type === "5";
  if ((header.mode & 0o6000) !== 0) faults.add("archive.setuid", written, "The entry would run with the rights of its owner or group.", "Take the set-user and set-group bits off.");
  if (isDirectory && header.size > 0) faults.add("archive.directory-with-data", written, "A folder entry carries data.");
  if (!isDirectory && written.endsWith("/")) faults.add("archive.type-mismatch", written, "A file's name ends in a slash; some readers make a folder of it.");
  // `tar -C folder .` writes `./` before every name, and `./` itself.
  if (isDirectory && (written === "./" || written === ".")) return "skip";
  const path = (written.startsWith("./") ? written.slice(2) : written).replace(/\/$/, "");
  checkEntryName(path, faults);
  state.total += header.size;
  if (state.entries.length >= ARCHIVE_LIMITS.entries) {
    faults.add("archive.too-many-entries", null, `The archive holds more than ${ARCHIVE_LIMITS.entries} entries.`);
    return "stop";
  }
  if (state.total > ARCHIVE_LIMITS.unpackedBytes) {
    faults.add("archive.too-large-unpacked", null, `The archive unpacks to more than ${ARCHIVE_LIMITS.unpackedBytes} bytes.`);
    return "stop";
  }
  return { path, isDirectory };
}
