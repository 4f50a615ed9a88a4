import { createHash, hash } from "node:crypto";
import { open } from "node:fs/promises";
import { ARCHIVE_LIMITS } from "./archive-limits.ts";
import { NOTHING_UNPACKED, type ArchiveFiles, type ArchiveFormat, type ArchiveVerdict, type FaultList, type UnpackedArchive } from "./archive-types.ts";
import { createFaultList } from "./create-fault-list.ts";
import { unpackTgz } from "./tar/unpack-tgz.ts";
import { unpackZip } from "./zip/unpack-zip.ts";

const END_SIGNATURE = Buffer.from("PK\u0005\u0006", "latin1");
const READ_BYTES = 1024 * 1024;

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
  if (packed.bytes === null) return NOTHING_UNPACKED;
  if (format === "zip") return unpackZip(packed.bytes, faults);
  if (format === "tgz") return unpackTgz(packed.bytes, faults);
  faults.add("archive.unknown-format", null, "The file is neither a zip nor a gzipped tar archive.", "Pack with `kos pack`, `zip -r` or `tar -czf`.");
  return NOTHING_UNPACKED;
}

/** Reads and hashes in one pass; keeps the bytes, once, only while they are within the cap. */
async function readPacked(source: string | Uint8Array, faults: FaultList): Promise<PackedBytes> {
  let packed: PackedBytes;
  try {
    packed = typeof source === "string" ? await readFileOnce(source) : readBytes(source);
  } catch (error) {
    faults.add("archive.unreadable", null, `The file cannot be read (${error instanceof Error && "code" in error ? String(error.code) : "unknown error"}).`);
    return { bytes: null, sha256: "", size: 0 };
  }
  if (packed.bytes === null) faults.add("archive.too-large-packed", null, `The archive has ${packed.size} bytes; ${ARCHIVE_LIMITS.packedBytes} are allowed.`);
  return packed;
}

function readBytes(source: Uint8Array): PackedBytes {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  return { bytes: bytes.length > ARCHIVE_LIMITS.packedBytes ? null : bytes, sha256: hash("sha256", bytes), size: bytes.length };
}

async function readFileOnce(path: string): Promise<PackedBytes> {
  const file = await open(path, "r");
  try {
    // A byte more than it had, so that a file that grows meanwhile shows.
    const kept = Buffer.alloc(Math.min((await file.stat()).size, ARCHIVE_LIMITS.packedBytes) + 1);
    const beyond = Buffer.alloc(READ_BYTES);
    const digest = createHash("sha256");
    let size = 0;
    for (;;) {
      const target = size < kept.length ? kept.subarray(size, size + READ_BYTES) : beyond;
      const { bytesRead } = await file.read(target, 0, target.length, null);
      if (bytesRead === 0) break;
      digest.update(target.subarray(0, bytesRead));
      size += bytesRead;
    }
    return { bytes: size < kept.length ? kept.subarray(0, size) : null, sha256: digest.digest("hex"), size };
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
    kept: (path) => (sizes.has(path) ? (unpacked.kept.get(path) ?? null) : null),
    async read(path, maxBytes) {
      const size = sizes.get(path);
      if (size === undefined || size > maxBytes) return null;
      return unpacked.kept.get(path) ?? (await unpacked.open(path));
    },
  };
}
