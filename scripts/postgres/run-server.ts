import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Binaries } from "./binaries.ts";
import { reachableBinaries, type Account, type Place } from "./choose-place.ts";

export interface RunningPostgres {
  /** Connection string of the `kos` database. */
  url: string;
  pid: number;
  /** Fast shutdown: sessions end, everything committed is on disk. */
  stop(): Promise<void>;
  /** Settles when the server process ends, for whatever reason. */
  ended: Promise<number>;
}

export interface ServerOptions {
  password: string;
  onLog?: ((line: string) => void) | undefined;
  volatile?: boolean | undefined;
  /** A free one unless given: for a server that takes the place of one that others know. */
  port?: number | undefined;
}

/** Runs these binaries on a data folder, which is made when it is not there, on a free loopback port. */
export async function runServer(binaries: Binaries, place: Place, options: ServerOptions): Promise<RunningPostgres> {
  const native = reachableBinaries(binaries, place.account);
  await stopLeftOver(place);
  if (!existsSync(join(place.data, "PG_VERSION"))) initialise(native, place, options.password);
  const port = options.port ?? (await freePort());
  const { child, ended } = launch(native, place, port, options);
  const url = `postgresql://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/kos`;
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

function initialise(native: string, place: Place, password: string): void {
  rmSync(place.data, { recursive: true, force: true });
  mkdirSync(place.data, { recursive: true, mode: 0o755 });
  chmodSync(place.data, 0o700);
  const secret = join(dirname(place.data), ".initdb-password");
  writeFileSync(secret, password, { mode: 0o600 });
  if (place.account !== null) for (const path of [place.data, secret]) chownSync(path, place.account.uid, place.account.gid);
  try {
    execFileSync(
      join(native, "bin", "initdb"),
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
export async function stopLeftOver(place: Place): Promise<void> {
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
function launch(native: string, place: Place, port: number, options: ServerOptions): { child: ChildProcess; ended: Promise<number> } {
  const script = 'exec 3<&0; "$@" </dev/null 3<&- & p=$!; (cat <&3 >/dev/null; kill -INT $p 2>/dev/null) & w=$!; wait $p; s=$?; kill $w 2>/dev/null; exit $s';
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=120", "shared_buffers=128MB", "log_min_messages=fatal"];
  if (options.volatile === true) settings.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  const child = spawn("/bin/sh", ["-c", script, "sh", join(native, "bin", "postgres"), "-D", place.data, ...settings.flatMap((setting) => ["-c", setting])], {
    cwd: "/",
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" } as unknown as NodeJS.ProcessEnv,
    ...identity(place.account),
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (text: string) => options.onLog?.(text.trimEnd()));
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
