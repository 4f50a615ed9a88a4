import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** An archive that somebody else's tool wrote. */
export interface ForeignArchive {
  /** `npm`, or the ending of a file in a Debian package */
  source: string;
  name: string;
  bytes: Buffer;
}

const AT_ONCE = 25;

interface LockEntry {
  name?: string;
  version?: string;
  link?: boolean;
  os?: string[];
  cpu?: string[];
}

/** Fetches packages of the project's own lockfile, spread evenly over it, with npm's own client. */
export function fetchNpmTarballs(folder: string, count: number, say: (line: string) => void): ForeignArchive[] {
  mkdirSync(folder, { recursive: true });
  const specs = readSpecs();
  const chosen = specs.filter((_spec, at) => Math.floor((at * count) / specs.length) !== Math.floor(((at - 1) * count) / specs.length));
  for (let at = 0; at < chosen.length; at += AT_ONCE) {
    execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--prefer-offline", "--pack-destination", folder, ...chosen.slice(at, at + AT_ONCE)], { cwd: folder, stdio: "ignore" });
    say(`npm: ${Math.min(at + AT_ONCE, chosen.length)} of ${chosen.length} packages`);
  }
  return readdirSync(folder).map((name) => ({ source: "npm", name, bytes: readFileSync(join(folder, name)) }));
}

/** Packages for every platform: those with programs for one are large, and all by the same packer. */
function readSpecs(): string[] {
  const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, "../../../package-lock.json"), "utf8")) as { packages: Record<string, LockEntry> };
  const specs = Object.entries(packages).flatMap(([path, entry]) => {
    if (!path.startsWith("node_modules/") || entry.link === true || entry.version === undefined || entry.os !== undefined || entry.cpu !== undefined) return [];
    return [`${entry.name ?? path.slice(path.lastIndexOf("node_modules/") + 13)}@${entry.version}`];
  });
  return [...new Set(specs)].sort();
}
