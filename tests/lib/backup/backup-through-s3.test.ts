import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore, type Deps } from "#lib/runtime/index.ts";
import { sequenceLeaves, verifyRecord } from "#lib/transparency/index.ts";
import { readListing } from "#scripts/backup/backup-objects.ts";
import type { Manifest } from "#scripts/backup/manifest.ts";
import { readBackup } from "#scripts/backup/read-backup.ts";
import { restoreBackup } from "#scripts/backup/restore-backup.ts";
import { writeBackup } from "#scripts/backup/write-backup.ts";
import { emptyDatabase } from "#tests/support/empty-database.ts";
import { populate } from "#tests/support/populate-instance.ts";
import { startS3Store, type RunningStore } from "#tests/support/start-object-store.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";

const folder = mkdtempSync(join(tmpdir(), "kos-through-s3-"));
let deps: TestDeps;
let s3: RunningStore;
beforeAll(async () => {
  [deps, s3] = await Promise.all([openTestDeps(), startS3Store()]);
  await populate(deps);
  await sequenceLeaves(deps);
}, 180_000);
afterAll(async () => {
  await deps.close();
  await s3.stop();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, databaseUrl: string, store: Deps["store"]): Promise<Manifest> =>
  writeBackup({ databaseUrl, store, dataDir: deps.config.dataDir, secrets: { AUTH_SECRET: deps.config.authSecret, KOS_KEY_SECRET: deps.config.keySecret }, folder: join(folder, name), linkFrom: null });
const restore = async (name: string, databaseUrl: string, store: Deps["store"]) => await restoreBackup({ backup: await readBackup(join(folder, name)), databaseUrl, store, dataDir: mkdtempSync(join(folder, "data-")) });
const digests = ({ tables }: Manifest) => Object.fromEntries(tables.map(({ schema, name, rows, sha256 }) => [`${schema}.${name}`, { rows, sha256 }]));

test("from files into S3, from there into files again: every row and every object stays what it was", { timeout: 120_000 }, async () => {
  const [inS3, inFiles] = [await emptyDatabase(), await emptyDatabase()];
  try {
    const fromFiles = await write("from-files", deps.config.databaseUrl, deps.store);
    expect(fromFiles.objects.count).toBeGreaterThan(5);
    await restore("from-files", inS3.url, s3.store);
    const fromS3 = await write("from-s3", inS3.url, s3.store);
    const files = openStore({ ...deps.config, dataDir: mkdtempSync(join(folder, "files-")) });
    await restore("from-s3", inFiles.url, files);
    const again = await write("again", inFiles.url, files);
    for (const other of [fromS3, again]) {
      expect(digests(other)).toEqual(digests(fromFiles));
      expect({ objects: other.objects, feed: other.feed }).toEqual({ objects: fromFiles.objects, feed: fromFiles.feed });
    }
    const sizes = (name: string) => readListing(join(folder, name, "objects.jsonl"));
    expect(await sizes("again")).toEqual(await sizes("from-files"));
    expect(await verifyRecord({ ...deps, store: s3.store })).toMatchObject({ ok: true, faults: [] });
  } finally {
    await inS3.drop();
    await inFiles.drop();
  }
});
