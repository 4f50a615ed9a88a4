import { execFile, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a reader sees: content digests by path, folders left out. Null when it refuses the archive. */
export type Seen = ReadonlyMap<string, string> | null;

export interface Readers {
  /** the names of those that this machine has */
  names: readonly string[];
  /** What differs from `expected` in any other reader, one sentence for each; empty when all see the same. */
  disagreements: (bytes: Uint8Array, format: "zip" | "tgz", expected: ReadonlyMap<string, string>) => Promise<string[]>;
  close: () => void;
}

/** Above this many files only the reader that writes nothing to the disk is asked. */
const MOST_WRITTEN = 300;
const ENVIRONMENT = { ...process.env, LC_ALL: "C.UTF-8", TZ: "UTC", UNZIP: "" };

/** Starts the readers of other people: Python's zipfile and tarfile, Info-ZIP's unzip, and tar. Those that are not installed are left out. */
export function openReaders(): Readers {
  const home = mkdtempSync(join(tmpdir(), "readers-"));
  const python = has("python3") ? openPython() : null;
  const programs = { zip: has("unzip") ? ["unzip"] : [], tgz: has("tar") ? ["tar"] : [] };
  return {
    names: [...(python === null ? [] : ["python3"]), ...programs.zip, ...programs.tgz],
    async disagreements(bytes, format, expected) {
      const path = join(home, format === "zip" ? "archive.zip" : "archive.tgz");
      writeFileSync(path, bytes);
      const found: string[] = [];
      if (python !== null) found.push(...compare("python3", await python.read(path), expected));
      if (expected.size <= MOST_WRITTEN) for (const program of programs[format]) found.push(...compare(program, await unpackWith(program, path, home), expected));
      return found;
    },
    close() {
      python?.child.kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function has(program: string): boolean {
  return spawnSync(program, [program === "unzip" ? "-v" : "--version"], { stdio: "ignore" }).status === 0;
}

function openPython(): { child: ChildProcess; read: (path: string) => Promise<Seen> } {
  const child = spawn("python3", [join(import.meta.dirname, "read-archives.py")], { stdio: ["pipe", "pipe", "ignore"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async read(path) {
      child.stdin.write(`${path}\n`);
      const { value } = (await lines.next()) as { value: string };
      const answer = JSON.parse(value) as { files?: [string, string][] };
      return answer.files === undefined ? null : new Map(answer.files.map(([name, digest]) => [plainName(name), digest]));
    },
  };
}

async function unpackWith(program: string, path: string, home: string): Promise<Seen> {
  const target = join(home, "out");
  mkdirSync(target);
  const args = program === "unzip" ? ["-qq", "-o", path, "-d", target] : ["--no-same-owner", "--delay-directory-restore", "-xzf", path, "-C", target];
  try {
    await run(program, args, { env: ENVIRONMENT, timeout: 30_000 });
    const seen = new Map<string, string>();
    for (const entry of readdirSync(target, { withFileTypes: true, recursive: true })) {
      if (entry.isDirectory()) continue;
      const file = join(entry.parentPath, entry.name);
      seen.set(file.slice(target.length + 1), entry.isFile() ? createHash("sha256").update(readFileSync(file)).digest("hex") : "not a file");
    }
    return seen;
  } catch {
    return null;
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}

function plainName(name: string): string {
  return name.replace(/^(?:\.\/)+/, "");
}

function compare(reader: string, seen: Seen, expected: ReadonlyMap<string, string>): string[] {
  if (seen === null) return [`${reader} refuses it`];
  const missing = [...expected].filter(([path]) => !seen.has(path)).map(([path]) => `${reader} does not see ${JSON.stringify(path)}`);
  const more = [...seen].filter(([path]) => !expected.has(path)).map(([path]) => `${reader} sees ${JSON.stringify(path)} besides`);
  const other = [...expected].filter(([path, digest]) => seen.has(path) && seen.get(path) !== digest).map(([path]) => `${reader} reads other bytes in ${JSON.stringify(path)}`);
  return [...missing, ...more, ...other];
}
