import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { freePort } from "#scripts/embedded-postgres.ts";
import { stopper, tailOf, untilAnswers } from "../feed/peer.ts";

const PLACES = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx"];

export interface Copies {
  version: string;
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** nginx with the same bytes on disk, compressed beforehand (`gzip_static`), no log and open files cached; null where there is no nginx. */
export async function serveCopies(folder: string, core: number, files: { name: string; gzip: Buffer }[]): Promise<Copies | null> {
  const program = PLACES.find(existsSync);
  if (program === undefined) return null;
  const prefix = join(folder, "nginx");
  mkdirSync(join(prefix, "www"), { recursive: true });
  for (const { name, gzip } of files) {
    writeFileSync(join(prefix, "www", name), gunzipSync(gzip));
    writeFileSync(join(prefix, "www", `${name}.gz`), gzip);
  }
  const port = await freePort();
  writeFileSync(join(prefix, "nginx.conf"), configuration(port));
  const child = spawn("taskset", ["-c", String(core), program, "-p", prefix, "-e", "error.log", "-c", "nginx.conf"], { stdio: ["ignore", "pipe", "pipe"] });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(`${url}/${files[0]?.name}`, child, tailOf(child));
  const version = /nginx\/(\S+)/.exec(spawnSync(program, ["-V"], { encoding: "utf8" }).stderr)?.[1] ?? "unknown";
  return { version, url, pid: child.pid ?? 0, stop: stopper(child) };
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
  open_file_cache max=64 inactive=1h;
  server {
    listen 127.0.0.1:${port};
    root www;
    default_type text/html;
    gzip_static on;
  }
}
`;
}
