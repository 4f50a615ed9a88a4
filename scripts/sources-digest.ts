import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** SHA-256 over the names and bytes of the files below these paths: changes when any of them does. */
export function sourcesDigest(paths: string[]): string {
  const hash = createHash("sha256");
  for (const path of paths) if (existsSync(join(root, path))) add(hash, path);
  return hash.digest("hex");
}

function add(hash: ReturnType<typeof createHash>, path: string): void {
  if (/(^|\/)(node_modules|generated|dist|\.next)$/.test(path)) return;
  const full = join(root, path);
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) add(hash, `${path}/${name}`);
    return;
  }
  hash.update(`${path}\0`).update(readFileSync(full)).update("\0");
}
