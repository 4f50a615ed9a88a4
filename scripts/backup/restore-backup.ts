import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, copyFile, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { ObjectStore } from "#lib/storage/index.ts";
import { copyTableIn, type Digest } from "../database/copy-table.ts";
import { fillDatabase, requireEmpty, requireKnown } from "../database/fill-database.ts";
import { openSession } from "../database/open-session.ts";
import { tableLabel } from "../database/read-catalogue.ts";
import { Refusal } from "../database/refusal.ts";
import { readSecrets } from "../environment.ts";
import { migrate } from "../migrate.ts";
import type { ListedObject } from "./manifest.ts";
import type { ReadBackup } from "./read-backup.ts";

export interface RestoreInput {
  backup: ReadBackup;
  databaseUrl: string;
  store: ObjectStore;
  dataDir: string;
}

export interface Restored {
  tables: ({ name: string } & Digest)[];
  objects: { count: number; bytes: number };
  keys: number;
  /** Migrations that this release added to the backup's. */
  migrated: string[];
}

const AT_ONCE = 8;
const FOR_EVER = "public, max-age=31536000, immutable";

/**
 * Puts a backup into an empty database, a store and a data folder, whichever they are: objects first, then keys and
 * secrets, then all rows in one transaction, so that a database with rows has everything that they name. What was
 * interrupted is simply run again.
 *
 * @throws Refusal when the database is not empty, other keys are in the way, or something is not what the backup says
 */
export async function restoreBackup({ backup, databaseUrl, store, dataDir }: RestoreInput): Promise<Restored> {
  requireKnown(backup.manifest);
  await requireEmptyDatabase(databaseUrl);
  requireNoOtherKeys(backup, dataDir);
  await store.ping();
  await restoreObjects(backup, store);
  await restoreKeys(backup, dataDir);
  await restoreSecrets(backup, dataDir);
  const tables = await restoreRows(backup, databaseUrl);
  await requireFeed(backup, store);
  const { count, bytes } = backup.manifest.objects;
  return { tables, objects: { count, bytes }, keys: backup.manifest.keys.length, migrated: await migrate(databaseUrl) };
}

async function requireEmptyDatabase(databaseUrl: string): Promise<void> {
  const client = await openSession(databaseUrl);
  try {
    await requireEmpty(client);
  } finally {
    await client.end();
  }
}

function requireNoOtherKeys({ folder, manifest, secrets }: ReadBackup, dataDir: string): void {
  for (const { file } of manifest.keys) {
    const here = join(dataDir, file);
    if (existsSync(here) && !readFileSync(here).equals(readFileSync(join(folder, file)))) throw new Refusal(`${here} is another key than the backup's: move it away first. Nothing was restored.`);
  }
  const keys = join(dataDir, "keys");
  const own = existsSync(join(dataDir, "secrets.json")) ? readSecrets(dataDir) : null;
  const locked = existsSync(keys) && readdirSync(keys).length > 0;
  if (secrets !== null && own !== null && locked && own.KOS_KEY_SECRET !== secrets.KOS_KEY_SECRET) {
    throw new Refusal(`${join(dataDir, "secrets.json")} unlocks the keys in ${keys} and is not the backup's: move both away first. Nothing was restored.`);
  }
}

async function restoreObjects({ folder, objects }: ReadBackup, store: ObjectStore): Promise<void> {
  for (let from = 0; from < objects.length; from += AT_ONCE) {
    await Promise.all(objects.slice(from, from + AT_ONCE).map((object) => restoreObject(store, join(folder, "objects", object.key), object)));
  }
}

/** The store itself refuses a body with another digest; what was there before is compared. */
async function restoreObject(store: ObjectStore, path: string, { key, size, sha256, contentType }: ListedObject): Promise<void> {
  const put = await store.put(key, { path, size }, { sha256, contentType, cacheControl: FOR_EVER, ifAbsent: true });
  if (put === "exists" && (await storedDigest(store, key)) !== sha256) throw new Refusal(`The store has another \`${key}\` than the backup: restore into a store of its own.`);
}

async function storedDigest(store: ObjectStore, key: string): Promise<string | null> {
  const object = await store.get(key);
  if (object === null) return null;
  const hash = createHash("sha256");
  await pipeline(object.body, hash);
  return hash.digest("hex");
}

async function restoreKeys({ folder, manifest }: ReadBackup, dataDir: string): Promise<void> {
  for (const { file } of manifest.keys) {
    const here = join(dataDir, file);
    await mkdir(dirname(here), { recursive: true, mode: 0o700 });
    await copyFile(join(folder, file), `${here}.partial`);
    await chmod(`${here}.partial`, 0o600);
    await rename(`${here}.partial`, here);
  }
}

/** The password of an embedded database stays what it is here. */
async function restoreSecrets({ secrets }: ReadBackup, dataDir: string): Promise<void> {
  if (secrets === null) return;
  const file = join(dataDir, "secrets.json");
  const merged = { ...readSecrets(dataDir), ...secrets };
  await writeFile(`${file}.partial`, `${JSON.stringify(merged, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${file}.partial`, file);
}

async function restoreRows({ folder, manifest }: ReadBackup, databaseUrl: string): Promise<Restored["tables"]> {
  const stated = new Map(manifest.tables.map((table) => [tableLabel(table), table]));
  const restored: Restored["tables"] = [];
  await fillDatabase(databaseUrl, manifest, async (client, table) => {
    const name = tableLabel(table);
    const { file = "", rows = 0, sha256 = "" } = stated.get(name) ?? {};
    const plain = createGunzip();
    const [given] = await Promise.all([copyTableIn(client, table, plain), pipeline(createReadStream(join(folder, file)), plain)]);
    if (given.rows !== rows || given.sha256 !== sha256) throw new Refusal(`The backup was altered: ${file} holds ${given.rows} rows (${given.sha256}) instead of ${rows} (${sha256}).`);
    restored.push({ name, ...given });
    return given;
  });
  return restored;
}

/** The feed that hosts poll is the first thing that must be the same. */
async function requireFeed({ manifest }: ReadBackup, store: ObjectStore): Promise<void> {
  if (manifest.feed === null) return;
  const key = `feed/${manifest.feed.seq}.json`;
  const found = await storedDigest(store, key);
  if (found !== manifest.feed.sha256) throw new Refusal(`The feed \`${key}\` has sha256 ${found} instead of ${manifest.feed.sha256}.`);
}
