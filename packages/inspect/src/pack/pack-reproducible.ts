import type { Manifest } from "@kosmarket/kit";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { ARCHIVE_LIMITS } from "../archive/index.ts";
import { readRootManifest } from "../package/read-root-manifest.ts";
import { folderTooLarge, linkInFolder, manifestNotValid } from "./errors.ts";
import { readIgnoreRules, type IgnoreRule } from "./ignore-rules.ts";
import { writeZip, type ZipInput } from "./write-zip.ts";

export interface PackedFolder {
  /** the zip */
  bytes: Uint8Array;
  manifest: Manifest;
  /** `<id>-<version>.zip` */
  fileName: string;
}

/**
 * Packs a folder that has `plugin.yaml` or `service.yaml` at its root, leaving out what its
 * `.kosignore` and the standing rules name. Packing the same files again gives the same bytes.
 * Throws a `PackError` when the manifest is not valid, a link is met, or the folder is larger than a package may be.
 */
export async function packReproducible(folder: string): Promise<PackedFolder> {
  const ignores = readIgnoreRules(await readFile(join(folder, ".kosignore"), "utf8").catch(() => ""));
  const inputs = await readFolder(folder, ignores);
  const manifest = await readManifest(folder, inputs);
  const version = "version" in manifest && manifest.version !== undefined ? manifest.version : "0.0.0";
  return { bytes: writeZip(inputs), manifest, fileName: `${manifest.id}-${version}.zip` };
}

async function readFolder(folder: string, ignores: IgnoreRule): Promise<ZipInput[]> {
  const inputs: ZipInput[] = [];
  const waiting = [""];
  let total = 0;
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = (below === "" ? entry.name : `${below}/${entry.name}`).normalize("NFC");
      if (ignores(path, entry.isDirectory())) continue;
      if (entry.isDirectory()) {
        waiting.push(path);
        continue;
      }
      if (!entry.isFile()) throw linkInFolder(path);
      const place = join(folder, below, entry.name);
      total += (await stat(place)).size;
      if (total > ARCHIVE_LIMITS.unpackedBytes) throw folderTooLarge(folder, `${ARCHIVE_LIMITS.unpackedBytes} bytes`);
      if (inputs.length >= ARCHIVE_LIMITS.entries) throw folderTooLarge(folder, `${ARCHIVE_LIMITS.entries} files`);
      inputs.push({ path, bytes: await readFile(place) });
    }
  }
  return inputs;
}

async function readManifest(folder: string, inputs: readonly ZipInput[]): Promise<Manifest> {
  const files = new Map(inputs.map((input) => [input.path, input.bytes]));
  const root = await readRootManifest({
    paths: [...files.keys()],
    has: (path) => files.has(path),
    size: (path) => files.get(path)?.length ?? null,
    head: (path) => files.get(path)?.subarray(0, 64) ?? new Uint8Array(0),
    kept: (path) => files.get(path) ?? null,
    read: (path, maxBytes) => {
      const bytes = files.get(path);
      return Promise.resolve(bytes === undefined || bytes.length > maxBytes ? null : bytes);
    },
  });
  if (root.manifest === null) throw manifestNotValid(folder, root.problems);
  return root.manifest;
}
