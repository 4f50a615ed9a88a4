import { proveConsistency, proveInclusion, treeRoot, type ReadNode } from "@kosmarket/kit";
import type { z } from "zod";
import type { Deps } from "#lib/runtime/index.ts";
import { beyondTree, leafMissing, leafWaiting, noCheckpoint } from "./errors.ts";
import { findNewestCheckpoint } from "./find-newest-checkpoint.ts";
import type { ConsistencyView, InclusionView } from "./schema.ts";
import { nodesOfTree } from "./tree-tiles.ts";

type Reader = Pick<Deps, "db" | "config">;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/**
 * Shows that an entry, named by its hash or its number, is in the tree of `size` entries; without `size` the newest
 * checkpoint's. Throws `not-found` for an unknown or uncovered entry and for a size beyond the checkpoint.
 */
export async function readInclusionProof(deps: Reader, input: { leaf?: string | undefined; seq?: number | undefined; size?: number | undefined }): Promise<z.infer<typeof InclusionView>> {
  const checkpoint = await requireCheckpoint(deps);
  const size = requireSize(input.size, checkpoint.size);
  const { seq, leaf } = await findLeaf(deps, input);
  if (seq >= size) throw seq >= checkpoint.size ? leafWaiting(leaf) : beyondTree(`Entry ${seq} in a tree of ${size}`, size);
  const nodes = nodesOfTree(deps, size);
  return { seq, leaf, size, root: hex(await treeRoot(size, nodes)), proof: (await proveInclusion(seq, size, nodes)).map(hex), checkpoint: checkpoint.note };
}

/** Shows that the tree of `from` entries is the beginning of the tree of `to`; without `to` the newest checkpoint's. */
export async function readConsistencyProof(deps: Reader, input: { from: number; to?: number | undefined }): Promise<z.infer<typeof ConsistencyView>> {
  const checkpoint = await requireCheckpoint(deps);
  const to = requireSize(input.to, checkpoint.size);
  if (input.from > to) throw beyondTree(`A tree of ${input.from}`, to);
  const nodes: ReadNode = nodesOfTree(deps, to);
  const [fromRoot, toRoot, proof] = [await treeRoot(input.from, nodesOfTree(deps, input.from)), await treeRoot(to, nodes), await proveConsistency(input.from, to, nodes)];
  return { from: input.from, to, fromRoot: hex(fromRoot), toRoot: hex(toRoot), proof: proof.map(hex), checkpoint: checkpoint.note };
}

async function requireCheckpoint(deps: Reader): Promise<{ size: number; note: string }> {
  const newest = await findNewestCheckpoint(deps);
  if (newest === null) throw noCheckpoint();
  return newest;
}

function requireSize(asked: number | undefined, signed: number): number {
  if (asked !== undefined && asked > signed) throw beyondTree(`A tree of ${asked}`, signed);
  return asked ?? signed;
}

async function findLeaf(deps: Reader, { leaf, seq }: { leaf?: string | undefined; seq?: number | undefined }): Promise<{ seq: number; leaf: string }> {
  const name = leaf ?? String(seq);
  const row = await deps.db.logLeaf.findUnique({ where: leaf === undefined ? { seq: BigInt(seq ?? 0) } : { leafHash: leaf }, select: { seq: true, leafHash: true } });
  if (row === null) throw leafMissing(name);
  if (row.seq === null) throw leafWaiting(name);
  return { seq: Number(row.seq), leaf: row.leafHash };
}
