import { emptyRoot, nodeHash } from "./tree-hash.ts";

/** The hash over entries `index · 2^height` to `(index + 1) · 2^height`, all of which exist. */
export type ReadNode = (height: number, index: number) => Promise<Uint8Array>;

/** The largest power of two below `count`, which is at least 2. */
function splitOf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** The hash over the entries from `begin` to `end` (not included) of a tree that a power of two at `begin` divides. */
async function rangeHash(begin: number, end: number, readNode: ReadNode): Promise<Uint8Array> {
  const count = end - begin;
  const height = Math.log2(count);
  if (Number.isInteger(height)) return await readNode(height, begin / count);
  const middle = begin + splitOf(count);
  return await nodeHash(await rangeHash(begin, middle, readNode), await rangeHash(middle, end, readNode));
}

/** The root of the first `size` entries. */
export async function treeRoot(size: number, readNode: ReadNode): Promise<Uint8Array> {
  return size === 0 ? await emptyRoot() : await rangeHash(0, size, readNode);
}

/** The audit path of entry `index` in the tree of `size` entries, lowest first (RFC 6962, section 2.1.1). */
export async function proveInclusion(index: number, size: number, readNode: ReadNode): Promise<Uint8Array[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`no entry ${index} in a tree of ${size}`);
  const path: Uint8Array[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    if (index < middle) {
      path.unshift(await rangeHash(middle, end, readNode));
      end = middle;
    } else {
      path.unshift(await rangeHash(begin, middle, readNode));
      begin = middle;
    }
  }
  return path;
}

/** The proof that the tree of `from` entries is the beginning of the tree of `to` (RFC 6962, section 2.1.2). */
export async function proveConsistency(from: number, to: number, readNode: ReadNode): Promise<Uint8Array[]> {
  if (!(from >= 0 && from <= to)) throw new RangeError(`a tree of ${from} is no beginning of a tree of ${to}`);
  if (from === 0 || from === to) return [];
  const path: Uint8Array[] = [];
  let [begin, end] = [0, to];
  while (end !== from) {
    const middle = begin + splitOf(end - begin);
    if (from <= middle) {
      path.unshift(await rangeHash(middle, end, readNode));
      end = middle;
    } else {
      path.unshift(await rangeHash(begin, middle, readNode));
      begin = middle;
    }
  }
  // Where the smaller tree is itself a whole subtree from the first entry on, the verifier has its hash already.
  if (begin !== 0) path.unshift(await rangeHash(begin, end, readNode));
  return path;
}
