import type { Random } from "./random.ts";

const INTERESTING = [0, 1, 2, 7, 8, 0x20, 0x2e, 0x2f, 0x30, 0x37, 0x50, 0x5c, 0x7f, 0x80, 0xff];

/** One to a few small changes: a bit, a byte, bytes taken out, put in, repeated, moved, or taken from another case. */
export function mutateBytes(random: Random, input: Buffer, other: Buffer): Buffer {
  let bytes: Buffer = Buffer.from(input);
  for (let rounds = 1 + random.below(4); rounds > 0; rounds--) bytes = changeOnce(random, bytes, other);
  return bytes;
}

function changeOnce(random: Random, bytes: Buffer, other: Buffer): Buffer {
  if (bytes.length === 0) return Buffer.from(other);
  const at = random.below(bytes.length);
  const length = 1 + random.below(Math.min(64, bytes.length - at));
  const [before, piece, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
  switch (random.below(7)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
      return bytes;
    case 1:
      bytes[at] = random.pick(INTERESTING);
      return bytes;
    case 2:
      return Buffer.concat([before, after]);
    case 3:
      return Buffer.concat([before, piece, piece, after]);
    case 4:
      return Buffer.concat([before, Buffer.from(Array.from({ length: random.below(9) }, () => random.below(256))), piece, after]);
    case 5: {
      const from = random.below(Math.max(1, other.length));
      return Buffer.concat([before, other.subarray(from, from + 1 + random.below(200)), after]);
    }
    default:
      return Buffer.concat([after, before, piece]).subarray(0, bytes.length);
  }
}
