import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "../database/refusal.ts";
import { readListing } from "./backup-objects.ts";
import { fileDigest } from "./file-digest.ts";
import { BACKUP_FORMAT, Manifest, MANIFEST_DIGEST_FILE, MANIFEST_FILE, Secrets, type ListedObject } from "./manifest.ts";

/** A backup whose every byte is what its manifest says. */
export interface ReadBackup {
  folder: string;
  manifest: Manifest;
  objects: ListedObject[];
  secrets: Secrets | null;
}

/**
 * Reads a backup and compares every file with the manifest, before anybody does anything with it.
 *
 * @throws Refusal that names the file which is missing or altered, or the newer format
 */
export async function readBackup(folder: string): Promise<ReadBackup> {
  const manifest = await readManifest(folder);
  const { tables, keys, secrets, objects } = manifest;
  const listing = { file: objects.listing, sha256: objects.sha256 };
  for (const { file, sha256 } of [listing, ...tables.map((table) => ({ file: table.file, sha256: table.fileSha256 })), ...keys, ...(secrets === null ? [] : [secrets])]) await requireFile(folder, file, sha256);
  const listed = await readListing(join(folder, objects.listing));
  for (const { key, sha256 } of listed) await requireFile(folder, `objects/${key}`, sha256);
  return { folder, manifest, objects: listed, secrets: secrets === null ? null : Secrets.parse(JSON.parse(await readFile(join(folder, secrets.file), "utf8"))) };
}

/** The manifest alone, whole. */
export async function readManifest(folder: string): Promise<Manifest> {
  if (!existsSync(folder)) throw new Refusal(`There is no folder ${folder}.`);
  if (!(await stat(folder)).isDirectory() || !existsSync(join(folder, MANIFEST_FILE))) throw new Refusal(`${folder} is not a backup: it has no ${MANIFEST_FILE}${folder.endsWith(".partial") ? ", since it was never finished" : ""}.`);
  if (!existsSync(join(folder, MANIFEST_DIGEST_FILE))) throw new Refusal(`The backup is incomplete: ${MANIFEST_DIGEST_FILE} is missing.`);
  const expected = (await readFile(join(folder, MANIFEST_DIGEST_FILE), "utf8")).trim();
  const found = `${await fileDigest(join(folder, MANIFEST_FILE))}  ${MANIFEST_FILE}`;
  if (expected !== found) throw new Refusal(`The backup was altered: ${MANIFEST_FILE} and ${MANIFEST_DIGEST_FILE} do not agree.`);
  const said = JSON.parse(await readFile(join(folder, MANIFEST_FILE), "utf8")) as { format?: unknown; application?: unknown };
  if (typeof said.format === "number" && said.format > BACKUP_FORMAT) {
    throw new Refusal(`The backup has format ${said.format}, written by release ${String(said.application)}; this release reads format ${BACKUP_FORMAT}. Use that release, or a later one.`);
  }
  const parsed = Manifest.safeParse(said);
  if (!parsed.success) throw new Refusal(`${MANIFEST_FILE} is not the manifest of a backup: ${parsed.error.issues[0]?.path.join(".")} ${parsed.error.issues[0]?.message}.`);
  return parsed.data;
}

async function requireFile(folder: string, file: string, sha256: string): Promise<void> {
  const found = await fileDigest(join(folder, file));
  if (found === null) throw new Refusal(`The backup is incomplete: ${file} is missing.`);
  if (found !== sha256) throw new Refusal(`The backup was altered: ${file} has sha256 ${found} instead of ${sha256}. Nothing was restored.`);
}
