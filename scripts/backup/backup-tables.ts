import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { copyTableOut } from "../database/copy-table.ts";
import { openSession } from "../database/open-session.ts";
import { readSequences, type Table } from "../database/read-catalogue.ts";
import { beginSnapshot, readShape } from "../database/read-shape.ts";
import { fileDigest, syncPath } from "./file-digest.ts";
import type { Manifest } from "./manifest.ts";
import { readNamedObjects, type NamedObjects } from "./named-objects.ts";

export type Rows = Pick<Manifest, "postgres" | "migrations" | "queueVersion" | "tables" | "partitions" | "sequences" | "feed">;

/**
 * Writes every table as one snapshot sees it, a file for each, and says which objects its rows name. `onSnapshot` is
 * waited for as soon as the snapshot is taken.
 */
export async function backupTables(databaseUrl: string, folder: string, onSnapshot: () => Promise<void>): Promise<{ rows: Rows; named: NamedObjects }> {
  await mkdir(join(folder, "tables"), { mode: 0o700 });
  const client = await openSession(databaseUrl);
  try {
    await beginSnapshot(client);
    await onSnapshot();
    const shape = await readShape(client);
    const tables: Rows["tables"] = [];
    for (const table of shape.tables) tables.push(await backupTable(client, table, folder));
    const { rows: versions } = await client.query<{ server_version: string }>("SHOW server_version");
    const { named, feed } = await readNamedObjects(client);
    const sequences = await readSequences(client);
    await client.query("COMMIT");
    return { rows: { ...shape, tables, sequences, feed, postgres: versions[0]?.server_version ?? "" }, named };
  } finally {
    await client.end();
  }
}

async function backupTable(client: pg.Client, table: Table, folder: string): Promise<Rows["tables"][number]> {
  const file = `tables/${table.schema}.${table.name}.copy.gz`;
  const path = join(folder, file);
  const plain = new PassThrough();
  const [digest] = await Promise.all([copyTableOut(client, table, plain), pipeline(plain, createGzip(), createWriteStream(path, { flags: "wx", mode: 0o600 }))]);
  await syncPath(path);
  return { schema: table.schema, name: table.name, columns: table.columns, file, ...digest, fileSha256: (await fileDigest(path)) ?? "" };
}
