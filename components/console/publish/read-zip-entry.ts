const END_RECORD = 0x06054b50;
const CENTRAL_RECORD = 0x02014b50;
const LONGEST_END = 22 + 0xffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacked bytes of one file in a zip, or null when it is absent or larger than
 * `limit` bytes. Reads the directory at the end (APPNOTE 4.3.12, 4.3.16) and
 * only the slice it needs, so that a 50 MiB package costs nothing.
 */
export async function readZipEntry(file: Blob, path: string, limit: number): Promise<Uint8Array | null> {
  const directory = await readDirectory(file);
  const entry = directory === null ? null : findEntry(directory, path);
  if (entry === null || entry.unpacked > limit) return null;
  const local = await viewOf(file.slice(entry.offset, entry.offset + 30));
  const start = entry.offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = file.slice(start, start + entry.packed);
  if (entry.method === STORED) return new Uint8Array(await packed.arrayBuffer());
  if (entry.method !== DEFLATED) return null;
  const unpacked = packed.stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

async function readDirectory(file: Blob): Promise<DataView | null> {
  const tailStart = Math.max(0, file.size - LONGEST_END);
  const tail = await viewOf(file.slice(tailStart));
  for (let at = tail.byteLength - 22; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== END_RECORD) continue;
    const size = tail.getUint32(at + 12, true);
    const offset = tail.getUint32(at + 16, true);
    return viewOf(file.slice(offset, offset + size));
  }
  return null;
}

interface ZipEntry {
  method: number;
  packed: number;
  unpacked: number;
  offset: number;
}

function findEntry(directory: DataView, path: string): ZipEntry | null {
  const decoder = new TextDecoder();
  let at = 0;
  while (at + 46 <= directory.byteLength && directory.getUint32(at, true) === CENTRAL_RECORD) {
    const nameLength = directory.getUint16(at + 28, true);
    const name = decoder.decode(new Uint8Array(directory.buffer, directory.byteOffset + at + 46, nameLength));
    if (name === path) {
      return {
        method: directory.getUint16(at + 10, true),
        packed: directory.getUint32(at + 20, true),
        unpacked: directory.getUint32(at + 24, true),
        offset: directory.getUint32(at + 42, true),
      };
    }
    at += 46 + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
  }
  return null;
}

async function viewOf(blob: Blob): Promise<DataView> {
  return new DataView(await blob.arrayBuffer());
}
