import { checkpointText, noteVerifier, openCheckpoint, parseVerifierKey, TILE_WIDTH, tilePath, type NoteVerifier, type TilePlace } from "@kosmarket/kit";
import type { Prisma } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { hashLeaf } from "./append-leaf.ts";
import { compareLeaves, type LeafRow, type RecordFault } from "./compare-leaves.ts";
import { findNewestCheckpoint } from "./find-newest-checkpoint.ts";
import { holdSequencer } from "./hold-sequencer.ts";
import { heldPublicKey, logOrigin } from "./log-key.ts";
import { findUntold } from "./read-facts.ts";
import { CHECKPOINT_KEY, tileKey, writeBundle } from "./store-tiles.ts";
import { TreeWalk } from "./tree-walk.ts";

export interface RecordVerdict {
  ok: boolean;
  leaves: number;
  tiles: number;
  checkpoints: number;
  waiting: number;
  faults: RecordFault[];
  /** Faults beyond those that are listed. */
  more: number;
}

const MOST_FAULTS = 200;
const MOST_BYTES = 17_000_000;

/**
 * Reads the whole record again and compares everything with everything: leaves with their hashes, numbers and tables,
 * tiles and bundles in database and object store with what the leaves give, every checkpoint with its root and
 * signature, and every public row with its leaf. Holds a page of leaves in memory, never more. The log is not extended
 * meanwhile; what happens waits.
 */
export async function verifyRecord(deps: Deps): Promise<RecordVerdict> {
  return await holdSequencer(deps, 24 * 60, () => verify(deps));
}

async function verify(deps: Deps): Promise<RecordVerdict> {
  const faults = new Faults();
  const head = await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
  const walk = new TreeWalk();
  const checkpoints = await verifyLeaves(deps, faults, walk, Number(head.storedSize), Number(head.size));
  const tiles = walk.tiles;
  await verifyKey(deps, faults);
  await verifyStoredCheckpoint(deps, faults);
  await verifyComplete(deps, faults);
  const waiting = (await deps.db.logLeaf.count({ where: { seq: null } })) + Number(head.size - head.storedSize);
  return { ok: faults.count === 0, leaves: walk.size, tiles, checkpoints, waiting, faults: faults.list, more: faults.count - faults.list.length };
}

class Faults {
  readonly list: RecordFault[] = [];
  count = 0;
  add(place: string, detail: string): void {
    this.count++;
    if (this.list.length < MOST_FAULTS) this.list.push({ place, detail });
  }
}

const SELECT = { id: true, seq: true, source: true, at: true, type: true, listing: true, body: true, leafHash: true, commitment: true } as const satisfies Prisma.LogLeafSelect;

async function verifyLeaves(deps: Deps, faults: Faults, walk: TreeWalk, size: number, numbered: number): Promise<number> {
  let checkpoints = 0;
  for (let first = 0; ; first += TILE_WIDTH) {
    const rows = await deps.db.logLeaf.findMany({ where: { seq: { gte: BigInt(first), lt: BigInt(Math.min(first + TILE_WIDTH, Math.max(size, first))) } }, orderBy: { seq: "asc" }, select: SELECT });
    verifyPage(faults, rows, first, Math.min(TILE_WIDTH, size - first));
    for (const fault of await compareLeaves(deps.db, rows)) faults.add(fault.place, fault.detail);
    checkpoints += await verifyCheckpoints(deps, faults, walk, rows, first);
    await verifyBundle(deps, faults, rows, { level: "entries", index: first / TILE_WIDTH, width: Math.min(TILE_WIDTH, size - first) });
    await verifyTiles(deps, faults, walk);
    if (first + TILE_WIDTH >= size) break;
  }
  await verifyTiles(deps, faults, walk, size);
  const beyond = await deps.db.logLeaf.count({ where: { seq: { gte: BigInt(numbered) } } });
  if (beyond > 0) faults.add("database", `${beyond} leaves have a number beyond the tree's size ${numbered}`);
  return checkpoints;
}

/** Numbers without a gap, and each body under its hash. */
function verifyPage(faults: Faults, rows: LeafRow[], first: number, expected: number): void {
  const present = new Set(rows.map((row) => Number(row.seq)));
  for (let seq = first; seq < first + expected; seq++) if (!present.has(seq)) faults.add(`leaf ${seq} (database)`, "no leaf has this number");
  for (const row of rows) {
    const hash = hashLeaf(row.body);
    if (hash !== row.leafHash) faults.add(`leaf ${row.seq} (database)`, `its bytes hash to ${hash}, its row says ${row.leafHash}`);
  }
}

/** Walks the page's hashes into the tree, and stops at every size that was signed. */
async function verifyCheckpoints(deps: Deps, faults: Faults, walk: TreeWalk, rows: LeafRow[], first: number): Promise<number> {
  const signed = await deps.db.logCheckpoint.findMany({ where: { size: { gt: BigInt(first), lte: BigInt(first + TILE_WIDTH) } }, orderBy: { size: "asc" } });
  if (first === 0) signed.unshift(...(await deps.db.logCheckpoint.findMany({ where: { size: 0n } })));
  const verifier = await knownVerifier(deps);
  const check = async (size: number): Promise<void> => {
    const row = signed.find((one) => Number(one.size) === size);
    if (row === undefined) return;
    const root = walk.root();
    if (root.toString("hex") !== row.root) faults.add(`checkpoint ${size}`, `its root is ${row.root}, the leaves give ${root.toString("hex")}`);
    const origin = row.note.split("\n")[0] ?? "";
    // Under an older name of the log too: it was the same key.
    if (verifier !== null && (await openCheckpoint(row.note, await noteVerifier(origin, verifier.publicKey))) === null) faults.add(`checkpoint ${size}`, "its signature does not hold");
    const text = checkpointText({ origin, size, root: new Uint8Array(Buffer.from(row.root, "hex")) });
    if (!row.note.startsWith(text)) faults.add(`checkpoint ${size}`, "its note tells another size or root than its row");
  };
  if (first === 0) await check(0);
  for (const row of rows) {
    walk.append(Buffer.from(hashLeaf(row.body), "hex"));
    await check(walk.size);
  }
  for (const row of signed) if (Number(row.size) > walk.size) faults.add(`checkpoint ${row.size}`, `it covers more entries than there are leaves (${walk.size})`);
  return signed.length;
}

/** The log's own verifier under its present name. */
async function knownVerifier(deps: Deps): Promise<NoteVerifier | null> {
  const head = await deps.db.logHead.findUniqueOrThrow({ where: { id: 1 } });
  return head.verifierKey === null ? null : await parseVerifierKey(head.verifierKey);
}

/** The key is kept apart from database and store: whoever writes both still cannot name another. */
async function verifyKey(deps: Deps, faults: Faults): Promise<void> {
  const [held, known] = [heldPublicKey(deps.config), await knownVerifier(deps)];
  if (held !== null && known !== null && !held.equals(known.publicKey)) faults.add("the key (database)", "it is not the one in keys/log.key");
}

async function verifyBundle(deps: Deps, faults: Faults, rows: LeafRow[], place: TilePlace): Promise<void> {
  if (rows.length === 0) return;
  const stored = await deps.store.getBytes(tileKey(place), MOST_BYTES);
  const expected = writeBundle(rows.map((row) => row.body));
  if (stored === null) return faults.add(`log/${tilePath(place)}`, "the object store has no such bundle");
  const at = firstDifference(expected, stored);
  if (at !== null) faults.add(`log/${tilePath(place)} byte ${at}`, `the bundle in the object store is not what the leaves give (entry ${place.index * TILE_WIDTH + entryAt(rows, at)})`);
}

function entryAt(rows: LeafRow[], byte: number): number {
  let end = 0;
  return rows.findIndex((row) => byte < (end += 2 + row.body.length));
}

/** Compares the tiles that the walk has finished with both places where they are kept; with `size` the unfinished ones too. */
async function verifyTiles(deps: Deps, faults: Faults, walk: TreeWalk, size?: number): Promise<void> {
  for (const tile of walk.take(size !== undefined)) {
    const place = { level: tile.level, index: tile.index, width: tile.hashes.length / 32 };
    const row = await deps.db.logTile.findUnique({ where: { level_index: { level: tile.level, index: BigInt(tile.index) } } });
    const places = [["database", row?.hashes.subarray(0, tile.hashes.length) ?? null], ["object store", await deps.store.getBytes(tileKey(place), MOST_BYTES)]] as const;
    for (const [where, bytes] of places) {
      const at = bytes === null ? 0 : firstDifference(tile.hashes, bytes);
      if (at !== null) faults.add(`log/${tilePath(place)} hash ${Math.floor(at / 32)} (${where})`, bytes === null ? "the tile is missing" : "the hash is not what the leaves give");
    }
  }
}

function firstDifference(expected: Uint8Array, found: Uint8Array): number | null {
  if (Buffer.from(expected).equals(found)) return null;
  const at = expected.findIndex((byte, place) => byte !== found[place]);
  return at === -1 ? expected.length : at;
}

/** What the world reads as newest is the newest that was signed. */
async function verifyStoredCheckpoint(deps: Deps, faults: Faults): Promise<void> {
  const [bytes, last] = [await deps.store.getBytes(CHECKPOINT_KEY, MOST_BYTES), await findNewestCheckpoint(deps)];
  const published = bytes === null ? null : Buffer.from(bytes).toString("utf8");
  if (published === (last?.note ?? null)) return;
  // After a change of the public address the object is signed again under the new name.
  const verifier = await knownVerifier(deps);
  const opened = published === null || verifier === null ? null : await openCheckpoint(published, verifier);
  const same = opened !== null && last !== null && opened.size === last.size && Buffer.from(opened.root).toString("hex") === last.root && opened.origin === logOrigin(deps.config);
  if (!same) faults.add(CHECKPOINT_KEY, "the checkpoint in the object store is not the newest one in the database");
}

async function verifyComplete(deps: Deps, faults: Faults): Promise<void> {
  for (const source of await findUntold(deps.db, MOST_FAULTS)) faults.add(source, "this public row has no leaf");
}
