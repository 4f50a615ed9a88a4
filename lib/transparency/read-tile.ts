import { parseTilePath, readEntryBundle, TILE_WIDTH, tileWidth, type TilePlace } from "@kosmarket/kit";
import { notFound } from "#lib/http/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { noCheckpoint } from "./errors.ts";
import { findNewestCheckpoint } from "./find-newest-checkpoint.ts";
import { CHECKPOINT_KEY, tileKey, writeBundle } from "./store-tiles.ts";

/** More than 256 entries of the greatest length. */
const MOST_BYTES = 17_000_000;

/** The newest signed checkpoint as the world sees it. Throws `not-found` before the first. */
export async function readCheckpoint(deps: Pick<Deps, "store">): Promise<string> {
  const bytes = await deps.store.getBytes(CHECKPOINT_KEY, MOST_BYTES);
  if (bytes === null) throw noCheckpoint();
  return Buffer.from(bytes).toString("utf8");
}

/**
 * The bytes at an address below the log's, such as `tile/0/000.p/17`. Of a tile that has grown since, the narrower form
 * is cut from the wider one. Throws `not-found` for what no checkpoint covers.
 */
export async function readTile(deps: Pick<Deps, "db" | "store">, path: string): Promise<Uint8Array> {
  const place = parseTilePath(path);
  if (place === null) throw notFound(`The record's tile \`${path}\``);
  const last = await findNewestCheckpoint(deps);
  const width = tileWidth(place.level, place.index, last?.size ?? 0);
  if (place.width > width) throw notFound(`The record's tile \`${path}\``);
  const bytes = (await deps.store.getBytes(tileKey(place), MOST_BYTES)) ?? (await cutFromWider(deps, place, width));
  if (bytes === null) throw notFound(`The record's tile \`${path}\``);
  return bytes;
}

async function cutFromWider(deps: Pick<Deps, "store">, place: TilePlace, width: number): Promise<Uint8Array | null> {
  const wider = (await deps.store.getBytes(tileKey({ ...place, width }), MOST_BYTES)) ?? (await deps.store.getBytes(tileKey({ ...place, width: TILE_WIDTH }), MOST_BYTES));
  if (wider === null) return null;
  return place.level === "entries" ? writeBundle(readEntryBundle(wider).slice(0, place.width)) : wider.subarray(0, place.width * 32);
}
