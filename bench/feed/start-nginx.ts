import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#scripts/embedded-postgres.ts";
import type { BuiltFeed } from "./build-feed.ts";
import { stopper, tailOf, untilAnswers, type Peer, type Skipped } from "./peer.ts";

const PLACES = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx"];

/** nginx with the settings that serve it best: the compressed file ready beside the plain one, no log, open files cached. */
export async function startNginx(feed: BuiltFeed, core: number, say: (line: string) => void): Promise<Peer | Skipped> {
  const program = PLACES.find(existsSync) ?? install(say);
  if (program === undefined) return { skipped: "nginx: not installed, and only root on a Debian system can install it here (apt-get install nginx)" };
  const version = /nginx\/(\S+)/.exec(spawnSync(program, ["-V"], { encoding: "utf8" }).stderr)?.[1] ?? "unknown";
  const prefix = join(feed.folder, "nginx");
  mkdirSync(join(prefix, "www"), { recursive: true });
  writeFileSync(join(prefix, "www", "feed.json"), feed.bytes);
  writeFileSync(join(prefix, "www", "feed.json.gz"), feed.gzip);
  const port = await freePort();
  writeFileSync(join(prefix, "nginx.conf"), configuration(port));
  const child = spawn("taskset", ["-c", String(core), program, "-p", prefix, "-e", "error.log", "-c", "nginx.conf"], { stdio: ["ignore", "pipe", "pipe"] });
  const stop = stopper(child);
  const url = `http://127.0.0.1:${port}/feed.json`;
  await untilAnswers(url, child, tailOf(child)).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { name: "nginx", version, url, pid: child.pid ?? 0, command: `taskset -c ${core} nginx -c nginx.conf  # written by bench/feed/start-nginx.ts`, stop };
}

function install(say: (line: string) => void): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  say("  installing nginx");
  try {
    // RUNLEVEL keeps Debian from starting the package's own service.
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" };
    execFileSync("apt-get", ["update", "-qq"], { stdio: "ignore", env, timeout: 60_000 });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "nginx"], { stdio: "ignore", env, timeout: 60_000 });
  } catch {
    return undefined;
  }
  return PLACES.find(existsSync);
}

function configuration(port: number): string {
  const folders = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `  ${name}_temp_path tmp-${name};`);
  return `daemon off;
worker_processes 1;
pid nginx.pid;
events { worker_connections 512; }
http {
${folders.join("\n")}
  access_log off;
  sendfile on;
  keepalive_requests 100000000;
  open_file_cache max=16 inactive=1h;
  server {
    listen 127.0.0.1:${port};
    root www;
    default_type application/json;
    etag on;
    gzip_static on;
    gzip_vary on;
    add_header Cache-Control "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";
  }
}
`;
}
