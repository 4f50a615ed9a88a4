import { gunzipSync, gzipSync } from "node:zlib";
import { mutateBytes } from "./mutate-bytes.ts";
import type { Random } from "./random.ts";

const BLOCK = 512;
const NUMBERS = [0, 1, 2, 7, 8, 0x0800, 0xffff, 0x10000, 0xfffffffe, 0xffffffff];
// Field offsets and widths of the three kinds of record (APPNOTE 4.3.7, 4.3.12, 4.3.16).
const FIELDS: Record<string, readonly [number, number][]> = {
  "PK\u0003\u0004": [[4, 2], [6, 2], [8, 2], [10, 4], [14, 4], [18, 4], [22, 4], [26, 2], [28, 2]],
  "PK\u0001\u0002": [[4, 2], [6, 2], [8, 2], [10, 2], [12, 4], [16, 4], [20, 4], [24, 4], [28, 2], [30, 2], [32, 2], [34, 2], [36, 2], [38, 4], [42, 4]],
  "PK\u0005\u0006": [[4, 2], [6, 2], [8, 2], [10, 2], [12, 4], [16, 4], [20, 2]],
  "PK\u0006\u0006": [[4, 4], [12, 2], [16, 4], [20, 4], [24, 4], [32, 4], [40, 4], [48, 4]],
  "PK\u0006\u0007": [[4, 4], [8, 4], [16, 4]],
  "PK\u0007\u0008": [[4, 4], [8, 4], [12, 4]],
};

/** Changes the structure of a zip or a gzipped tar; checksums that would stop every reader at the door are made right again. */
export function mutateArchive(random: Random, input: Buffer, other: Buffer): Buffer {
  if (random.chance(0.2)) return mutateBytes(random, input, other);
  if (input[0] !== 0x1f) return mutateZip(random, input);
  const tar = tryGunzip(input);
  return tar === null ? mutateBytes(random, input, other) : gzipSync(mutateTar(random, tar, tryGunzip(other) ?? tar), { level: 1 });
}

function tryGunzip(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: 16 << 20 });
  } catch {
    return null;
  }
}

function mutateZip(random: Random, input: Buffer): Buffer {
  const bytes = Buffer.from(input);
  const marks = recordsOf(bytes);
  for (let rounds = 1 + random.below(3); rounds > 0 && marks.length > 0; rounds--) {
    const { at, mark } = random.pick(marks);
    const [offset, width] = random.pick(FIELDS[mark] ?? []);
    if (at + offset + width > bytes.length) continue;
    const value = random.chance(0.5) ? random.pick(NUMBERS) : bytes.readUIntLE(at + offset, width) + random.below(5) - 2;
    bytes.writeUIntLE(Math.abs(value) % 256 ** width, at + offset, width);
  }
  if (!random.chance(0.4)) return bytes;
  const { at } = random.pick(marks.length > 0 ? marks : [{ at: 0, mark: "" }]);
  const piece = bytes.subarray(at, at + 1 + random.below(120));
  return random.chance(0.5) ? Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]) : Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + piece.length)]);
}

function recordsOf(bytes: Buffer): { at: number; mark: string }[] {
  const found: { at: number; mark: string }[] = [];
  for (let at = bytes.indexOf("PK"); at !== -1; at = bytes.indexOf("PK", at + 1)) {
    const mark = bytes.toString("latin1", at, at + 4);
    if (FIELDS[mark] !== undefined) found.push({ at, mark });
  }
  return found;
}

function mutateTar(random: Random, input: Buffer, other: Buffer): Buffer {
  let tar = Buffer.from(input);
  const blocks = Math.max(1, Math.floor(tar.length / BLOCK));
  for (let rounds = 1 + random.below(3); rounds > 0; rounds--) {
    const at = random.below(blocks) * BLOCK;
    switch (random.below(6)) {
      case 0:
        tar = Buffer.concat([tar.subarray(0, at), tar.subarray(at, at + BLOCK), tar.subarray(at)]);
        break;
      case 1:
        tar = Buffer.concat([tar.subarray(0, at), tar.subarray(at + BLOCK)]);
        break;
      case 2: {
        const from = random.below(Math.max(1, Math.floor(other.length / BLOCK))) * BLOCK;
        tar = Buffer.concat([tar.subarray(0, at), other.subarray(from, from + BLOCK * (1 + random.below(3))), tar.subarray(at)]);
        break;
      }
      default:
        changeBlock(random, tar.subarray(at, at + BLOCK));
    }
  }
  return tar;
}

function changeBlock(random: Random, block: Buffer): void {
  if (block.length < BLOCK) return;
  const isHeader = block.toString("latin1", 257, 262) === "ustar";
  const at = isHeader && random.chance(0.6) ? random.pick([0, 1, 99, 100, 106, 124, 125, 134, 135, 156, 157, 257, 262, 263, 345, 499, 500]) : random.below(BLOCK);
  block[at] = random.pick([0, 0x20, 0x2e, 0x2f, 0x30, 0x31, 0x35, 0x37, 0x41, 0x4b, 0x4c, 0x53, 0x67, 0x78, 0x80, 0xff]);
  if (!isHeader || random.chance(0.1)) return;
  block.fill(" ", 148, 156);
  block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `, 148, "latin1");
}
