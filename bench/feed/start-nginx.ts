import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { findNginx } from "#tests/support/find-nginx.ts";
import { serveFiles } from "../serve-files.ts";
import type { BuiltFeed } from "./build-feed.ts";
import type { Peer, Skipped } from "./peer.ts";

const DIRECTIVES = ["gzip_vary on;", 'add_header Cache-Control "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400";'];

/** nginx with the feed as a file. */
export async function startNginx(feed: BuiltFeed, core: number, say: (line: string) => void): Promise<Peer | Skipped> {
  const program = findNginx() ?? install(say);
  if (program === undefined) return { skipped: "nginx: not installed, and only root on a Debian system can install it here (apt-get install nginx)" };
  const files = [{ name: "feed.json", bytes: feed.bytes, gzip: feed.gzip }];
  const served = await serveFiles(program, { folder: feed.folder, core, contentType: "application/json", files, directives: DIRECTIVES });
  return { ...served, name: "nginx", url: `${served.url}/feed.json`, command: `taskset -c ${core} nginx -c nginx.conf  # written by bench/serve-files.ts` };
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
  return findNginx();
}
