import { nodesFromTiles, TILE_WIDTH, treeRoot, type ReadNode } from "@kosmarket/kit";
import { processWide, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

/** Full tiles never change: 512 of them are 4 MiB. */
const MOST_CACHED = 512;
const FULL_BYTES = TILE_WIDTH * 32;
const cache = (): Map<string, Uint8Array> => processWide("record-tiles", () => new Map<string, Uint8Array>());

/** The hashes of a tile as the database holds them; empty when there is none. */
export async function readTileRow(tx: Tx, level: number, index: number): Promise<Buffer> {
  const row = await tx.logTile.findUnique({ where: { level_index: { level, index: BigInt(index) } } });
  return Buffer.from(row?.hashes ?? []);
}

/** Reads nodes of the tree of `size` entries for proofs; full tiles stay in this process's memory. */
export function nodesOfTree(deps: Pick<Deps, "db" | "config">, size: number): ReadNode {
  return nodesFromTiles(size, async ({ level, index }) => {
    const key = `${deps.config.databaseUrl} ${level}/${index}`;
    const known = cache().get(key);
    if (known !== undefined) return known;
    const hashes = await readTileRow(deps.db, level, index);
    if (hashes.length === FULL_BYTES) remember(key, hashes);
    return hashes;
  });
}

function remember(key: string, hashes: Buffer): void {
  const tiles = cache();
  const oldest = tiles.size >= MOST_CACHED ? tiles.keys().next().value : undefined;
  if (oldest !== undefined) tiles.delete(oldest);
  tiles.set(key, hashes);
}

/** The root of the first `size` entries as the database's tiles give it, past any cache. */
export async function rootInDatabase(tx: Tx, size: number): Promise<Buffer> {
  return Buffer.from(await treeRoot(size, nodesFromTiles(size, ({ level, index }) => readTileRow(tx, level, index))));
}
