import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { ObjectStore } from "#lib/storage/index.ts";
import { Refusal } from "../database/refusal.ts";
import { backupObjects, backupRecord, readListing, type EarlierBackup } from "./backup-objects.ts";
import { backupTables, type Rows } from "./backup-tables.ts";
import { fileDigest, syncPath } from "./file-digest.ts";
import { holdRecord } from "./hold-record.ts";
import { BACKUP_FORMAT, MANIFEST_DIGEST_FILE, MANIFEST_FILE, type ListedObject, type Manifest, type Secrets } from "./manifest.ts";
import type { NamedObjects } from "./named-objects.ts";
import { readManifest } from "./read-backup.ts";

export interface BackupInput {
  databaseUrl: string;
  store: ObjectStore;
  /** Whose `keys/` go along. */
  dataDir: string;
  /** Null leaves secrets and private keys out. */
  secrets: Secrets | null;
  /** Absolute path of a folder that is not there yet. */
  folder: string;
  /** An earlier backup whose objects are linked to. */
  linkFrom: string | null;
}

/**
 * Backs up a registry that may go on running: rows as one snapshot sees them, then the objects, then keys and secrets.
 * The folder has its name only when everything in it is on disk; until then it is `FOLDER.partial`.
 *
 * @throws Refusal when the folder exists, or when an object is missing or altered; nothing is left then
 */
export async function writeBackup(input: BackupInput): Promise<Manifest> {
  const partial = await openFolder(input.folder);
  try {
    const earlier = input.linkFrom === null ? null : await readEarlier(input.linkFrom);
    const { rows, named, record } = await backupRows(input, partial);
    const objects = await backupObjects(input.store, partial, named, record, earlier);
    const keys = input.secrets === null ? [] : await backupKeys(join(input.dataDir, "keys"), partial);
    const secrets = input.secrets === null ? null : await backupSecrets(input.secrets, partial);
    const manifest: Manifest = { format: BACKUP_FORMAT, createdAt: new Date().toISOString(), application: applicationVersion(), ...rows, objects, keys, secrets };
    await writeManifest(manifest, partial);
    await syncFolders(partial);
    await rename(partial, input.folder);
    await syncPath(dirname(input.folder));
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** The rows, and the public log's objects as they were when the rows' snapshot was taken: the log stands still for that moment only. */
async function backupRows(input: BackupInput, partial: string): Promise<{ rows: Rows; named: NamedObjects; record: ListedObject[] }> {
  const release = await holdRecord(input.databaseUrl);
  let record: ListedObject[] = [];
  try {
    const tables = await backupTables(input.databaseUrl, partial, async () => {
      record = await backupRecord(input.store, partial);
      await release();
    });
    return { ...tables, record };
  } finally {
    await release();
  }
}

async function openFolder(folder: string): Promise<string> {
  if (existsSync(folder)) throw new Refusal(`${folder} exists already: a backup is written to a folder of its own.`);
  const partial = `${folder}.partial`;
  await mkdir(dirname(folder), { recursive: true });
  try {
    await mkdir(partial, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Refusal(`${partial} exists: another backup is being written there, or was interrupted. Remove it when no other is running.`);
  }
  return partial;
}

async function readEarlier(folder: string): Promise<EarlierBackup> {
  const { objects } = await readManifest(folder);
  return { folder, objects: new Map((await readListing(join(folder, objects.listing))).map((object) => [object.key, object])) };
}

async function backupKeys(source: string, partial: string): Promise<Manifest["keys"]> {
  if (!existsSync(source)) return [];
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(source, join(entry.parentPath, entry.name))).sort();
  const keys: Manifest["keys"] = [];
  for (const name of files) {
    const path = join(partial, "keys", name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await copyFile(join(source, name), path);
    await syncPath(path);
    keys.push({ file: `keys/${name}`, sha256: (await fileDigest(path)) ?? "" });
  }
  return keys;
}

async function backupSecrets(secrets: Secrets, partial: string): Promise<Manifest["secrets"]> {
  const path = join(partial, "secrets.json");
  await writeFile(path, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: "wx", flush: true });
  return { file: "secrets.json", sha256: (await fileDigest(path)) ?? "" };
}

async function writeManifest(manifest: Manifest, partial: string): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  const sha256 = createHash("sha256").update(text).digest("hex");
  await writeFile(join(partial, MANIFEST_FILE), text, { mode: 0o600, flag: "wx", flush: true });
  await writeFile(join(partial, MANIFEST_DIGEST_FILE), `${sha256}  ${MANIFEST_FILE}\n`, { mode: 0o600, flag: "wx", flush: true });
}

/** The files are on disk; now their names. */
async function syncFolders(partial: string): Promise<void> {
  const entries = await readdir(partial, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isDirectory()) await syncPath(join(entry.parentPath, entry.name));
  await syncPath(partial);
}

function applicationVersion(): string {
  return (JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8")) as { version: string }).version;
}
