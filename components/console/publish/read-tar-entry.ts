const BLOCK = 512;
/** Enough to reach a manifest or source file; the rest of a large package is not unpacked in the page. */
const UNPACK_LIMIT_BYTES = 32 * 1024 * 1024;

/**
 * Bytes of one file in a gzipped tar, or null when it is absent or larger than
 * `limit` bytes. A leading `./`, as `tar -C folder .` writes, is taken off.
 */
export async function readTarEntry(file: Blob, path: string, limit: number): Promise<Uint8Array | null> {
  const bytes = await unpack(file);
  let at = 0;
  while (at + BLOCK <= bytes.length && bytes[at] !== 0) {
    const size = Number.parseInt(readField(bytes, at + 124, 12), 8);
    if (!Number.isFinite(size)) return null;
    const prefix = readField(bytes, at + 345, 155);
    const name = readField(bytes, at, 100);
    const full = (prefix === "" ? name : `${prefix}/${name}`).replace(/^\.\//, "");
    const data = at + BLOCK;
    if (full === path) return size > limit || data + size > bytes.length ? null : bytes.slice(data, data + size);
    at = data + Math.ceil(size / BLOCK) * BLOCK;
  }
  return null;
}

async function unpack(file: Blob): Promise<Uint8Array> {
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    total += value.length;
    if (total > UNPACK_LIMIT_BYTES) {
      await reader.cancel();
      break;
    }
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function readField(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end)).trim();
}
