import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#scripts/embedded-postgres.ts";
import { stopper, tailOf, untilAnswers } from "./feed/peer.ts";

interface FilesToServe {
  /** Where they and the configuration are written. */
  folder: string;
  core: number;
  contentType: string;
  files: { name: string; bytes: Uint8Array; gzip: Uint8Array }[];
  /** Directives for these files alone. */
  directives?: string[];
}

interface ServedFiles {
  version: string;
  /** Without a slash at the end; a file's name follows. */
  url: string;
  pid: number;
  stop: () => Promise<void>;
}

/** nginx, at `program`, with the settings that serve files best: the compressed file ready beside the plain one (`gzip_static`), no log, open files cached. */
export async function serveFiles(program: string, input: FilesToServe): Promise<ServedFiles> {
  const prefix = join(input.folder, "nginx");
  mkdirSync(join(prefix, "www"), { recursive: true });
  for (const { name, bytes, gzip } of input.files) {
    writeFileSync(join(prefix, "www", name), bytes);
    writeFileSync(join(prefix, "www", `${name}.gz`), gzip);
  }
  const port = await freePort();
  writeFileSync(join(prefix, "nginx.conf"), configuration(port, input));
  const child = spawn("taskset", ["-c", String(input.core), program, "-p", prefix, "-e", "error.log", "-c", "nginx.conf"], { stdio: ["ignore", "pipe", "pipe"] });
  const stop = stopper(child);
  const url = `http://127.0.0.1:${port}`;
  await untilAnswers(`${url}/${input.files[0]?.name}`, child, tailOf(child)).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const version = /nginx\/(\S+)/.exec(spawnSync(program, ["-V"], { encoding: "utf8" }).stderr)?.[1] ?? "unknown";
  return { version, url, pid: child.pid ?? 0, stop };
}

function configuration(port: number, { contentType, directives = [] }: FilesToServe): string {
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
    default_type ${contentType};
    gzip_static on;
${directives.map((line) => `    ${line}\n`).join("")}  }
}
`;
}
