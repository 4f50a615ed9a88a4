import { equalBytes } from "./bytes.ts";
import { HASH_BYTES, nodeHash } from "./tree-hash.ts";

export interface InclusionClaim {
  /** Hash of the entry, as `leafHash` makes it. */
  leaf: Uint8Array;
  index: number;
  size: number;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}

/** True when `proof` shows that the tree with `root` and `size` has `leaf` at `index` (RFC 9162, section 2.1.3.2). */
export async function verifyInclusion({ leaf, index, size, proof, root }: InclusionClaim): Promise<boolean> {
  if (!isCount(index) || !isCount(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let [place, last] = [index, size - 1];
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = await nodeHash(sibling, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, half(last)];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && equalBytes(hash, root);
}

export interface ConsistencyClaim {
  from: number;
  to: number;
  proof: readonly Uint8Array[];
  fromRoot: Uint8Array;
  toRoot: Uint8Array;
}

/** True when `proof` shows that the tree of `from` entries is the beginning of the one of `to` (RFC 9162, section 2.1.4.2). */
export async function verifyConsistency({ from, to, proof, fromRoot, toRoot }: ConsistencyClaim): Promise<boolean> {
  if (!isCount(from) || !isCount(to) || from > to || !areHashes([fromRoot, toRoot, ...proof])) return false;
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot);
  // Every tree begins with the empty one, whose root tells nothing.
  if (from === 0) return proof.length === 0;
  const steps = Number.isInteger(Math.log2(from)) ? [fromRoot, ...proof] : [...proof];
  const seed = steps.shift();
  if (seed === undefined) return false;
  let [place, last] = [from - 1, to - 1];
  while (place % 2 === 1) [place, last] = [half(place), half(last)];
  let [older, newer] = [seed, seed];
  for (const sibling of steps) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      [older, newer] = [await nodeHash(sibling, older), await nodeHash(sibling, newer)];
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, half(last)];
    } else {
      newer = await nodeHash(newer, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && equalBytes(older, fromRoot) && equalBytes(newer, toRoot);
}

const half = (count: number): number => Math.floor(count / 2);
const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === HASH_BYTES);
