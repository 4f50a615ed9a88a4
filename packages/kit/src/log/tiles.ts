import { HASH_BYTES, nodeHash } from "./tree-hash.ts";
import type { ReadNode } from "./prove.ts";

/** Hashes in a full tile, and entries in a full bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;
/** A tree of 2^48 entries has no higher tiles. */
const MOST_LEVELS = 6;

export interface TilePlace {
  /** Height divided by eight, or "entries" for the bundle of entries themselves. */
  level: number | "entries";
  index: number;
  /** 256 for a full tile. */
  width: number;
}

/** The address of a tile below the log's: `tile/0/x001/234`, `tile/entries/000.p/17` (C2SP tlog-tiles). */
export function tilePath({ level, index, width }: TilePlace): string {
  const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, "0");
  const groups = digits.match(/.{3}/g) ?? [];
  const name = groups.map((group, place) => (place === groups.length - 1 ? group : `x${group}`)).join("/");
  return `tile/${level}/${name}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}

/** Reads an address that `tilePath` writes; null for any other text, so that each tile has one address. */
export function parseTilePath(path: string): TilePlace | null {
  const match = /^tile\/(entries|[0-5])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/.exec(path);
  if (match === null) return null;
  const index = Number(match[2]?.replaceAll(/[x/]/g, ""));
  const place: TilePlace = { level: match[1] === "entries" ? "entries" : Number(match[1]), index, width: match[3] === undefined ? TILE_WIDTH : Number(match[3]) };
  return Number.isSafeInteger(place.index) && tilePath(place) === path ? place : null;
}

/** How many hashes the tree of `size` entries has on a tile level. */
function hashesOn(level: number | "entries", size: number): number {
  return Math.floor(size / TILE_WIDTH ** (level === "entries" ? 0 : level));
}

/** The hashes that the tree of `size` entries has in a tile: 0 where it has no such tile. */
export function tileWidth(level: number | "entries", index: number, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesOn(level, size) - index * TILE_WIDTH));
}

/** Every tile and bundle that the tree of `to` entries has and the tree of `from` had not, or had narrower. */
export function newTiles(from: number, to: number): TilePlace[] {
  const levels = ["entries", ...Array.from({ length: MOST_LEVELS }, (_, level) => level)] as const;
  return levels.flatMap((level) => {
    const [before, after] = [hashesOn(level, from), hashesOn(level, to)];
    if (after === before) return [];
    const first = Math.floor(before / TILE_WIDTH);
    const count = Math.ceil(after / TILE_WIDTH) - first;
    return Array.from({ length: count }, (_, place) => ({ level, index: first + place, width: tileWidth(level, first + place, to) }));
  });
}

/** Reads the nodes of the tree of `size` entries out of its tiles: what proofs are made of. */
export function nodesFromTiles(size: number, readTile: (place: TilePlace & { level: number }) => Promise<Uint8Array>): ReadNode {
  return async (height, index) => {
    const level = Math.floor(height / 8);
    const count = 2 ** (height - 8 * level);
    const tile = Math.floor((index * count) / TILE_WIDTH);
    const bytes = await readTile({ level, index: tile, width: tileWidth(level, tile, size) });
    const begin = (index * count - tile * TILE_WIDTH) * HASH_BYTES;
    if (bytes.length < begin + count * HASH_BYTES) throw new RangeError(`${tilePath({ level, index: tile, width: TILE_WIDTH })} has no hash ${index * count}`);
    return await foldHashes(bytes.subarray(begin, begin + count * HASH_BYTES));
  };
}

async function foldHashes(hashes: Uint8Array): Promise<Uint8Array> {
  if (hashes.length === HASH_BYTES) return hashes;
  const middle = hashes.length / 2;
  return await nodeHash(await foldHashes(hashes.subarray(0, middle)), await foldHashes(hashes.subarray(middle)));
}

/** The entries of a bundle: each is preceded by its length as two bytes, highest first. Throws RangeError on a bundle cut short. */
export function readEntryBundle(bytes: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
    if (at + 2 + length > bytes.length) throw new RangeError(`the bundle ends inside entry ${entries.length}`);
    entries.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}
