import { createHash } from "node:crypto";
import { newTiles, TILE_WIDTH, tilePath, type TilePlace } from "@kosmarket/kit";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { readTileRow } from "./tree-tiles.ts";

const AT_ONCE = 8;
const FOREVER = "public, max-age=31536000, immutable";

/** Where the object store keeps a tile. */
export const tileKey = (place: TilePlace): string => `log/${tilePath(place)}`;
/** Where it keeps the newest checkpoint. */
export const CHECKPOINT_KEY = "log/checkpoint";

/** A bundle's bytes: each entry after its length in two bytes. */
export function writeBundle(entries: Uint8Array[]): Buffer {
  return Buffer.concat(entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]));
}

/**
 * Brings the tiles and bundles of the numbered tree into the object store, then says so in the head's row. They are
 * made from rows that never change: a second run writes the same bytes. Returns the size that is stored.
 */
export async function storeTiles(deps: Pick<Deps, "db" | "store">): Promise<number> {
  const head = await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
  const [stored, size] = [Number(head.storedSize), Number(head.size)];
  if (stored === size) return size;
  const places = newTiles(stored, size);
  for (let at = 0; at < places.length; at += AT_ONCE) await Promise.all(places.slice(at, at + AT_ONCE).map((place) => storeTile(deps, place)));
  await deps.db.logHead.updateMany({ where: { id: 1, storedSize: { lt: BigInt(size) } }, data: { storedSize: BigInt(size) } });
  return size;
}

async function storeTile(deps: Pick<Deps, "db" | "store">, place: TilePlace): Promise<void> {
  const bytes = await tileBytes(deps.db, place);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await deps.store.put(tileKey(place), bytes, { sha256, contentType: "application/octet-stream", cacheControl: FOREVER });
}

/** A tile's or bundle's bytes out of the database. */
async function tileBytes(tx: Tx, { level, index, width }: TilePlace): Promise<Buffer> {
  if (level !== "entries") return (await readTileRow(tx, level, index)).subarray(0, width * 32);
  const first = BigInt(index * TILE_WIDTH);
  const leaves = await tx.logLeaf.findMany({ where: { seq: { gte: first, lt: first + BigInt(width) } }, orderBy: { seq: "asc" }, select: { body: true } });
  if (leaves.length !== width) throw new Error(`the database has ${leaves.length} of ${width} leaves from ${first} on`);
  return writeBundle(leaves.map((leaf) => leaf.body));
}

/** Removes the narrower forms of what grew between two sizes that both have a checkpoint; they are cut from the wider ones when asked for. */
export async function dropNarrowTiles(deps: Pick<Deps, "store">, from: number, to: number): Promise<void> {
  for (const place of newTiles(from, to)) {
    const width = narrowWidth(place, from);
    if (width > 0 && width < place.width) await deps.store.delete(tileKey({ ...place, width }));
  }
}

function narrowWidth({ level, index }: TilePlace, size: number): number {
  return Math.max(0, Math.floor(size / TILE_WIDTH ** (level === "entries" ? 0 : level)) - index * TILE_WIDTH);
}
