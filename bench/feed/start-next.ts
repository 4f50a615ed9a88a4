import { spawn } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#scripts/embedded-postgres.ts";
import type { BuiltFeed } from "./build-feed.ts";
import { stopper, tailOf, untilAnswers, type Peer } from "./peer.ts";

const root = join(import.meta.dirname, "..", "..");
const next = join(root, "node_modules", "next", "dist", "bin", "next");

/** The plain way: a route handler in an application of its own, built and started by Next, which compresses. */
export async function startNext(feed: BuiltFeed, core: number, say: (line: string) => void): Promise<Peer> {
  // Below the repository, so that Next finds the packages; in the cache, since Next writes into what it builds.
  const folder = join(root, ".cache", "bench", "next-peer");
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(import.meta.dirname, "next-peer"), folder, { recursive: true });
  say("  building the Next peer");
  await build(folder);
  const file = join(feed.folder, "feed.json");
  writeFileSync(file, feed.bytes);
  const port = await freePort();
  const child = spawn("taskset", ["-c", String(core), process.execPath, next, "start", folder, "-H", "127.0.0.1", "-p", String(port)], {
    env: { ...process.env, NODE_ENV: "production", BENCH_FEED_FILE: file, BENCH_FEED_SHA256: feed.sha256 },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = stopper(child);
  const url = `http://127.0.0.1:${port}/feed`;
  await untilAnswers(url, child, tailOf(child)).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const { version } = JSON.parse(readFileSync(join(root, "node_modules", "next", "package.json"), "utf8")) as { version: string };
  return { name: "Next route handler", version, url, pid: child.pid ?? 0, command: `taskset -c ${core} next start  # the application in bench/feed/next-peer`, stop };
}

async function build(folder: string): Promise<void> {
  const child = spawn(process.execPath, [next, "build", folder], { env: { ...process.env, NODE_ENV: "production" }, stdio: ["ignore", "pipe", "pipe"], timeout: 90_000 });
  const output = tailOf(child);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  if (code !== 0) throw new Error(`the Next peer does not build:\n${output()}`);
}
