import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emptyRoot, fromHex, leafHash, newTiles, nodeHash, nodesFromTiles, parseTilePath, proveConsistency, proveInclusion, readEntryBundle, TILE_WIDTH, tilePath, tileWidth, toHex, treeRoot, verifyConsistency, verifyInclusion, type ReadNode } from "@kosmarket/kit";

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);

/** The entries and roots that the implementations of RFC 6962 share as their reference. */
const ENTRIES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(bytes);
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/** Nodes straight from the definition: the hash over a range of entries, halved again and again. */
function nodesOf(entries: Uint8Array[]): ReadNode {
  const known = new Map<string, Promise<Uint8Array>>();
  const node: ReadNode = (height, index) => {
    const key = `${height}/${index}`;
    const made = known.get(key) ?? (height === 0 ? leafHash(entries[index] ?? new Uint8Array(0)) : Promise.all([node(height - 1, 2 * index), node(height - 1, 2 * index + 1)]).then(([left, right]) => nodeHash(left, right)));
    known.set(key, made);
    return made;
  };
  return node;
}

const many = Array.from({ length: 700 }, (_, place) => Uint8Array.of(place >> 8, place & 255));
const nodes = nodesOf(many);

describe("the tree of RFC 6962", () => {
  test("has the reference roots", async () => {
    expect(toHex(await emptyRoot())).toBe(ROOTS[0]);
    for (const [size, root] of ROOTS.entries()) expect(toHex(await treeRoot(size, nodesOf(ENTRIES))), String(size)).toBe(root);
  });

  test("gives the reference's audit paths", async () => {
    const hex = async (index: number, size: number) => (await proveInclusion(index, size, nodesOf(ENTRIES))).map(toHex);
    expect(await hex(0, 1)).toEqual([]);
    expect(await hex(0, 8)).toEqual(["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"]);
    expect(await hex(5, 8)).toEqual(["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"]);
    expect(await hex(2, 3)).toEqual(["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]);
  });
});

describe("proofs of any size", () => {
  const size = fc.integer({ min: 1, max: many.length });

  test("an inclusion proof holds for its entry, place, size and root, and for nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), fc.nat(), async (count, anyPlace, anyChange) => {
        const index = anyPlace % count;
        const claim = { leaf: await leafHash(many[index] ?? new Uint8Array(0)), index, size: count, proof: await proveInclusion(index, count, nodes), root: await treeRoot(count, nodes) };
        expect(await verifyInclusion(claim)).toBe(true);
        const flip = (hash: Uint8Array) => hash.map((byte, place) => (place === anyChange % 32 ? byte ^ 1 : byte));
        expect(await verifyInclusion({ ...claim, leaf: flip(claim.leaf) })).toBe(false);
        expect(await verifyInclusion({ ...claim, root: flip(claim.root) })).toBe(false);
        for (const [place, hash] of claim.proof.entries()) expect(await verifyInclusion({ ...claim, proof: claim.proof.with(place, flip(hash)) })).toBe(false);
        expect(await verifyInclusion({ ...claim, proof: [...claim.proof, claim.root] })).toBe(false);
        expect(await verifyInclusion({ ...claim, proof: [claim.root, ...claim.proof] })).toBe(false);
        if (claim.proof.length > 0) expect(await verifyInclusion({ ...claim, proof: claim.proof.slice(1) })).toBe(false);
        if (claim.proof.length > 0) expect(await verifyInclusion({ ...claim, proof: claim.proof.slice(0, -1) })).toBe(false);
        if (count > 1) expect(await verifyInclusion({ ...claim, index: (index + 1) % count })).toBe(false);
        expect(await verifyInclusion({ ...claim, index: count })).toBe(false);
        expect(await verifyInclusion({ ...claim, size: 2 * count + 1 })).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("a consistency proof holds for its two trees, and for no others", async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (to, any) => {
        const from = any % (to + 1);
        const claim = { from, to, proof: await proveConsistency(from, to, nodes), fromRoot: await treeRoot(from, nodes), toRoot: await treeRoot(to, nodes) };
        expect(await verifyConsistency(claim)).toBe(true);
        const other = await leafHash(Uint8Array.of(1, 2, 3));
        expect(await verifyConsistency({ ...claim, toRoot: other })).toBe(from === 0);
        if (from > 0) expect(await verifyConsistency({ ...claim, fromRoot: other })).toBe(false);
        if (from > 0 && from < to) for (const place of claim.proof.keys()) expect(await verifyConsistency({ ...claim, proof: claim.proof.with(place, other) })).toBe(false);
        expect(await verifyConsistency({ ...claim, proof: [...claim.proof, other] })).toBe(false);
        if (from > 0 && from < to) expect(await verifyConsistency({ ...claim, proof: claim.proof.slice(0, -1) })).toBe(false);
        expect(await verifyConsistency({ ...claim, from: to + 1 })).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  test("a tree with one entry changed is consistent with none that holds it", async () => {
    const forked = nodesOf(many.with(3, Uint8Array.of(9)));
    for (const [from, to] of [[4, 5], [4, 300], [256, 257], [600, 700]] as const) {
      const claim = { from, to, proof: await proveConsistency(from, to, forked), fromRoot: await treeRoot(from, nodes), toRoot: await treeRoot(to, forked) };
      expect(await verifyConsistency(claim)).toBe(false);
    }
  });
});

describe("tiles", () => {
  test("have the addresses of C2SP tlog-tiles", () => {
    expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe("tile/0/x001/x234/067");
    expect(tilePath({ level: "entries", index: 0, width: 17 })).toBe("tile/entries/000.p/17");
    fc.assert(fc.property(fc.constantFrom(0, 1, 5, "entries" as const), fc.nat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => void expect(parseTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width })));
    for (const path of ["tile/0/0", "tile/0/1000", "tile/00/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/x000/001", "tile/0/001/002", "tile/6/000", "tile/data/000", "tile/0/000/", "/tile/0/000", "tile/0/../000"]) expect(parseTilePath(path), path).toBeNull();
  });

  test("are as many and as wide as the specification's example", () => {
    const tiles = newTiles(0, 70_000).filter((tile) => tile.level !== "entries");
    expect(tiles.filter((tile) => tile.level === 0)).toHaveLength(274);
    expect(tiles.filter((tile) => tile.width < TILE_WIDTH)).toEqual([{ level: 0, index: 273, width: 112 }, { level: 1, index: 1, width: 17 }, { level: 2, index: 0, width: 1 }]);
    expect(newTiles(0, 256)).toEqual([{ level: "entries", index: 0, width: 256 }, { level: 0, index: 0, width: 256 }, { level: 1, index: 0, width: 1 }]);
    expect(newTiles(256, 257)).toEqual([{ level: "entries", index: 1, width: 1 }, { level: 0, index: 1, width: 1 }]);
    expect([tileWidth(0, 0, 3), tileWidth(0, 1, 256), tileWidth(1, 0, 255), tileWidth("entries", 1, 300)]).toEqual([3, 0, 0, 44]);
  });

  test("give the same roots as the definition", async () => {
    for (const count of [1, 255, 256, 257, 512, 700]) {
      const readTile = async ({ level, index, width }: { level: number; index: number; width: number }) => Uint8Array.from((await Promise.all(Array.from({ length: width }, (_, place) => nodes(8 * level, index * TILE_WIDTH + place)))).flatMap((hash) => [...hash]));
      expect(toHex(await treeRoot(count, nodesFromTiles(count, readTile)))).toBe(toHex(await treeRoot(count, nodes)));
    }
  });

  test("a bundle is cut at its entries, and refused when it ends inside one", () => {
    expect(readEntryBundle(bytes("00010a0000000202030000"))).toEqual([bytes("0a"), bytes(""), bytes("0203"), bytes("")]);
    expect(() => readEntryBundle(bytes("00020a"))).toThrow(RangeError);
    expect(() => readEntryBundle(bytes("00"))).toThrow(RangeError);
  });
});
