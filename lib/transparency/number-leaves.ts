import { Prisma, type Db } from "#lib/platform/index.ts";
import { growTree, type GrownTile } from "./grow-tree.ts";
import { readTileRow } from "./tree-tiles.ts";

/** Leaves that one transaction numbers: below the time that a query may take, on a slow disk too. */
const BATCH = 10_000;

/**
 * Gives the waiting leaves their numbers, in the order of time, and grows the tree's tiles, in one transaction that
 * holds the head's row: of two at once the second waits and then sees what the first did. Returns how many.
 */
export async function numberLeaves(db: Db): Promise<number> {
  let numbered = 0;
  for (;;) {
    const batch = await db.$transaction(
      async (tx) => {
        const [head] = await tx.$queryRaw<{ size: bigint }[]>`SELECT "size" FROM "LogHead" WHERE "id" = 1 FOR UPDATE`;
        const waiting = await tx.$queryRaw<{ id: string; leafHash: string }[]>`SELECT "id"::text AS id, "leafHash" FROM "LogLeaf" WHERE "seq" IS NULL ORDER BY "at", "ordinal" LIMIT ${BATCH}`;
        if (head === undefined || waiting.length === 0) return 0;
        const size = Number(head.size);
        await tx.$executeRaw`
          UPDATE "LogLeaf" leaf SET "seq" = ${head.size}::bigint + given.place - 1
          FROM unnest(${waiting.map((row) => row.id)}::uuid[]) WITH ORDINALITY AS given(id, place) WHERE leaf."id" = given.id`;
        await writeTiles(tx, await growTree(size, waiting.map((row) => Buffer.from(row.leafHash, "hex")), (level, index) => readTileRow(tx, level, index)));
        await tx.logHead.update({ where: { id: 1 }, data: { size: BigInt(size + waiting.length) } });
        return waiting.length;
      },
      { timeout: 60_000, maxWait: 10_000 },
    );
    numbered += batch;
    if (batch < BATCH) return numbered;
  }
}

async function writeTiles(tx: Prisma.TransactionClient, tiles: GrownTile[]): Promise<void> {
  const rows = tiles.map((tile) => Prisma.sql`(${tile.level}::int, ${tile.index}::bigint, ${tile.hashes}::bytea)`);
  await tx.$executeRaw`INSERT INTO "LogTile" ("level", "index", "hashes") VALUES ${Prisma.join(rows)} ON CONFLICT ("level", "index") DO UPDATE SET "hashes" = EXCLUDED."hashes"`;
}
