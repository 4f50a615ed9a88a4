import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { ARCHIVE_LIMITS } from "./archive-limits.ts";
import type { ArchiveFiles, ArchiveFormat, ArchiveVerdict, FaultList, UnpackedArchive } from "./archive-types.ts";
import { createFaultList } from "./create-fault-list.ts";
import { unpackTgz } from "./tar/unpack-tgz.ts";
import { unpackZip } from "./zip/unpack-zip.ts";

const END_SIGNATURE = Buffer.from("PK\u0005\u0006", "latin1");

export interface PackedBytes {
  /** null when larger than the limit on packed archives */
  bytes: Buffer | null;
  sha256: string;
  size: number;
}

/**
 * The structural verdict on a package, a path or its bytes: what it holds,
 * the digest of the whole and of each file, and every structural fault
 * (all blocking). The rules are those of `docs/security.md`, not those of a zip or tar
 * library, because libraries repair what a registry must refuse. Never throws
 * for what is in the file.
 */
export async function inspectArchive(source: string | Uint8Array): Promise<ArchiveVerdict> {
  const faults = createFaultList();
  const packed = await readPacked(source, faults);
  const format = packed.bytes === null ? null : sniffFormat(packed.bytes);
  const unpacked = await unpack(packed, format, faults);
  return { format, sha256: packed.sha256, size: packed.size, entries: unpacked.entries, files: listFiles(unpacked), problems: [...faults.problems] };
}

async function unpack(packed: PackedBytes, format: ArchiveFormat | null, faults: FaultList): Promise<UnpackedArchive> {
  const nothing: UnpackedArchive = { entries: [], heads: new Map(), open: () => null };
  if (packed.bytes === null) return nothing;
  if (format === "zip") return unpackZip(packed.bytes, faults);
  if (format === "tgz") return unpackTgz(packed.bytes, faults);
  faults.add("archive.unknown-format", null, "The file is neither a zip nor a gzipped tar archive.", "Pack with `kos pack`, `zip -r` or `tar -czf`.");
  return nothing;
}

/** Reads and hashes in one pass; keeps the bytes only while they are within the cap. */
async function readPacked(source: string | Uint8Array, faults: FaultList): Promise<PackedBytes> {
  const hash = createHash("sha256");
  const kept: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer): void => {
    hash.update(chunk);
    size += chunk.length;
    if (size <= ARCHIVE_LIMITS.packedBytes) kept.push(chunk);
    else kept.length = 0;
  };
  try {
    if (typeof source === "string") await readFileChunks(source, take);
    else take(Buffer.from(source.buffer, source.byteOffset, source.byteLength));
  } catch (error) {
    faults.add("archive.unreadable", null, `The file cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unknown error"}).`);
    return { bytes: null, sha256: "", size: 0 };
  }
  const sha256 = hash.digest("hex");
  if (size > ARCHIVE_LIMITS.packedBytes) {
    faults.add("archive.too-large-packed", null, `The archive has ${size} bytes; ${ARCHIVE_LIMITS.packedBytes} are allowed.`);
    return { bytes: null, sha256, size };
  }
  return { bytes: kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept), sha256, size };
}

async function readFileChunks(path: string, take: (chunk: Buffer) => void): Promise<void> {
  const file = await open(path, "r");
  try {
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 })) take(chunk as Buffer);
  } finally {
    await file.close();
  }
}

function sniffFormat(bytes: Buffer): ArchiveFormat | null {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return "tgz";
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return "zip";
  // A zip with something in front is still opened by most readers: judge it as one, so that the fault is named.
  return bytes.subarray(-66_000).includes(END_SIGNATURE) ? "zip" : null;
}

function listFiles(unpacked: UnpackedArchive): ArchiveFiles {
  const sizes = new Map(unpacked.entries.filter((entry) => !entry.isDirectory).map((entry) => [entry.path, entry.size]));
  return {
    paths: [...sizes.keys()],
    has: (path) => sizes.has(path),
    size: (path) => sizes.get(path) ?? null,
    head: (path) => unpacked.heads.get(path) ?? new Uint8Array(0),
    read(path, maxBytes) {
      const size = sizes.get(path);
      return size === undefined || size > maxBytes ? null : unpacked.open(path);
    },
  };
}
