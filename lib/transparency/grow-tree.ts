import { createHash } from "node:crypto";
import { TILE_WIDTH } from "@kosmarket/kit";

const HASH_BYTES = 32;

/** A tile's whole content after growth. */
export interface GrownTile {
  level: number;
  index: number;
  hashes: Buffer;
}

/**
 * Appends leaf hashes to the tree of `size` entries and returns every tile that grew. `readTile` gives what a tile that
 * is not full held before. A tile of the next level gets a hash for each tile that became full.
 */
export async function growTree(size: number, leafHashes: Buffer[], readTile: (level: number, index: number) => Promise<Buffer>): Promise<GrownTile[]> {
  const grown: GrownTile[] = [];
  let pending = leafHashes;
  for (let level = 0; pending.length > 0; level++) {
    const next: Buffer[] = [];
    let place = Math.floor(size / TILE_WIDTH ** level);
    for (let taken = 0; taken < pending.length; ) {
      const index = Math.floor(place / TILE_WIDTH);
      const held = place % TILE_WIDTH;
      const more = pending.slice(taken, taken + TILE_WIDTH - held);
      const hashes = Buffer.concat(held === 0 ? more : [requireWidth(await readTile(level, index), held), ...more]);
      grown.push({ level, index, hashes });
      if (held + more.length === TILE_WIDTH) next.push(fold(hashes));
      taken += more.length;
      place += more.length;
    }
    pending = next;
  }
  return grown;
}

function requireWidth(hashes: Buffer, width: number): Buffer {
  if (hashes.length !== width * HASH_BYTES) throw new Error(`a tile holds ${hashes.length / HASH_BYTES} hashes where the tree's size asks for ${width}`);
  return hashes;
}

/** The root over a full tile. */
function fold(hashes: Buffer): Buffer {
  let row = Array.from({ length: TILE_WIDTH }, (_, place) => hashes.subarray(place * HASH_BYTES, (place + 1) * HASH_BYTES));
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, place) => hashNode(row[2 * place], row[2 * place + 1]));
  return row[0] ?? Buffer.alloc(0);
}

/** Node's own hash, since WebCrypto's takes twenty times as long for a batch. */
function hashNode(left: Uint8Array = Buffer.alloc(0), right: Uint8Array = Buffer.alloc(0)): Buffer {
  return createHash("sha256").update(Uint8Array.of(1)).update(left).update(right).digest();
}
