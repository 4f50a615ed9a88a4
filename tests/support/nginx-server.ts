import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { findNginx } from "./find-nginx.ts";
import { spawnTied, type TiedProcess } from "./tied-process.ts";
import { waitFor } from "./wait-for.ts";

const root = resolve(import.meta.dirname, "../..");
const UNPACK = join(import.meta.dirname, "unpack-debian.sh");
const CACHE = join(root, ".cache", "nginx");
const PROGRAM = "usr/sbin/nginx";

export interface NginxServer {
  pid: () => number;
  /** Lines of the access log, JSON each. */
  accessLog: string;
  errorLog: string;
  stop: () => Promise<void>;
  kill: () => Promise<void>;
  start: () => Promise<void>;
  remove: () => Promise<void>;
}

/** The committed configuration on loopback, in front of these ports; the same file that the compose file uses. */
export async function startNginx(input: { port: number; webs: number[]; storePort: number; store: string | null }): Promise<NginxServer> {
  const command = await nginxCommand();
  const folder = mkdtempSync(join(tmpdir(), "kos-nginx-"));
  mkdirSync(join(folder, "place"));
  copyFileSync(join(root, "ops", "nginx.conf"), join(folder, "nginx.conf"));
  for (const [name, text] of Object.entries(placeOf(input, folder))) writeFileSync(join(folder, "place", name), text);
  let running: TiedProcess | null = null;
  const start = async () => {
    const [program = "", ...args] = command;
    const child = await spawnTied(program, [...args, "-p", folder, "-e", "error.log", "-c", join(folder, "nginx.conf"), "-g", "daemon off;"], { signal: "TERM" });
    running = child;
    await waitFor("the start of nginx", async () => {
      if (child.hasExited()) throw new Error(`nginx ended while starting:\n${child.tail()}`);
      return (await listens(input.port)) ? true : undefined;
    }, 20);
  };
  await start();
  return {
    pid: () => running?.pid ?? 0,
    accessLog: join(folder, "access.log"),
    errorLog: join(folder, "error.log"),
    start,
    stop: async () => await running?.stop("SIGQUIT"),
    kill: async () => await running?.stop("SIGTERM"),
    remove: async () => {
      await running?.stop("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function placeOf(input: { port: number; webs: number[]; storePort: number; store: string | null }, folder: string): Record<string, string> {
  const servers = (health: string) => input.webs.map((port) => `  server 127.0.0.1:${port} ${health};\n`).join("");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};\n`).join("");
  return {
    "main.conf": `pid ${folder}/nginx.pid;\nworker_processes 1;\n${process.getuid?.() === 0 ? "user root;\n" : ""}`,
    "http.conf": [
      `upstream kos_web {\n  zone kos_web 256k;\n${servers("max_fails=0")}  keepalive 64;\n  keepalive_timeout 60s;\n  keepalive_requests 10000;\n}\n`,
      `upstream kos_web_once {\n  zone kos_web_once 256k;\n${servers("max_fails=0")}}\n`,
      `upstream kos_store {\n  server ${input.store === null ? "127.0.0.1:9" : new URL(input.store).host} max_fails=0;\n  keepalive 16;\n  keepalive_timeout 30s;\n}\n`,
      `access_log ${folder}/access.log kos;\n`,
      `proxy_cache_path ${folder}/cache levels=1:2 keys_zone=kos:16m max_size=512m inactive=1d use_temp_path=off;\n`,
      temporary,
    ].join(""),
    "web.conf": `listen 127.0.0.1:${input.port} default_server;\nserver_name _;\n`,
    "store.conf": `listen 127.0.0.1:${input.storePort} default_server;\nserver_name _;\n`,
  };
}

/** The machine's own nginx, or Debian's package unpacked beside the tests. Throws with what the machine lacks. */
export async function nginxCommand(): Promise<string[]> {
  const own = findNginx();
  if (own !== undefined) return [own];
  try {
    await promisify(execFile)("bash", [UNPACK, "install", CACHE, PROGRAM, "stable oldstable", "nginx-light"], { timeout: 10 * 60_000 });
  } catch (error) {
    throw new Error(`no nginx for the tests: ${(error as { stderr?: string }).stderr?.trim() ?? String(error)}\nInstall nginx (Debian: apt-get install nginx).`, { cause: error });
  }
  return ["bash", UNPACK, "run", CACHE, PROGRAM];
}

function listens(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      answer(true);
    });
    socket.on("error", () => answer(false));
  });
}
