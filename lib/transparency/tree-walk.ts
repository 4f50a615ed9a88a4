import { createHash } from "node:crypto";
import { TILE_WIDTH } from "@kosmarket/kit";

export interface WalkedTile {
  level: number;
  index: number;
  hashes: Buffer;
}

const node = (left: Buffer, right: Buffer): Buffer => createHash("sha256").update(Uint8Array.of(1)).update(left).update(right).digest();

/**
 * Builds the tree anew, one leaf hash after the other, in the memory of one path: the counterpart of what grew the
 * tiles, sharing no code with it.
 */
export class TreeWalk {
  size = 0;
  /** Tiles given out so far. */
  tiles = 0;
  /** Roots of the whole subtrees from the left, by height; empty where the size has no such bit. */
  readonly #peaks: (Buffer | undefined)[] = [];
  /** By tile level, the hashes of the tile that is not full. */
  readonly #open: Buffer[][] = [];
  #finished: WalkedTile[] = [];

  append(leafHash: Buffer): void {
    this.#note(0, leafHash, this.size);
    let hash = leafHash;
    let height = 0;
    for (let peak = this.#peaks[0]; peak !== undefined; peak = this.#peaks[height]) {
      hash = node(peak, hash);
      this.#peaks[height++] = undefined;
      if (height % 8 === 0) this.#note(height / 8, hash, Math.floor(this.size / TILE_WIDTH ** (height / 8)));
    }
    this.#peaks[height] = hash;
    this.size++;
  }

  /** The root over everything so far. */
  root(): Buffer {
    const peaks = this.#peaks.filter((peak) => peak !== undefined);
    return peaks.length === 0 ? createHash("sha256").digest() : peaks.reduce((right, left) => node(left, right));
  }

  /** Hands over the tiles that became full since the last call; with `all` also those that did not. */
  take(all: boolean): WalkedTile[] {
    const unfinished = this.#open.map((hashes, level) => ({ level, index: Math.floor(this.size / TILE_WIDTH ** (level + 1)), hashes: Buffer.concat(hashes) }));
    const open = all ? unfinished.filter((tile) => tile.hashes.length > 0) : [];
    const taken = [...this.#finished, ...open];
    this.#finished = [];
    this.tiles += taken.length;
    return taken;
  }

  #note(level: number, hash: Buffer, place: number): void {
    const open = (this.#open[level] ??= []);
    open.push(hash);
    if (open.length < TILE_WIDTH) return;
    this.#finished.push({ level, index: Math.floor(place / TILE_WIDTH), hashes: Buffer.concat(open) });
    open.length = 0;
  }
}
