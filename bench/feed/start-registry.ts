import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "#scripts/embedded-postgres.ts";
import { prepareBuild } from "#scripts/prepare-build.ts";
import type { BuiltFeed } from "./build-feed.ts";
import { stopper, tailOf, untilAnswers, type Peer } from "./peer.ts";

const root = join(import.meta.dirname, "..", "..");

/** The registry's own web process, as `npm start` runs it. Any finished build of the pages will do: none is asked for. */
export async function startRegistry(feed: BuiltFeed, core: number, say: (line: string) => void): Promise<Peer> {
  if (!existsSync(join(root, ".next", "BUILD_ID"))) await prepareBuild(say);
  const port = await freePort();
  const environment: NodeJS.ProcessEnv = { ...process.env, ...feed.environment, NODE_ENV: "production", HOST: "127.0.0.1", PORT: String(port) };
  // The fourth channel is the supervisor's: the server ends when it closes.
  const child = spawn("taskset", ["-c", String(core), process.execPath, "--disable-warning=ExperimentalWarning", "server.ts"], { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  const url = `http://127.0.0.1:${port}/api/feed.json`;
  await untilAnswers(url, child, tailOf(child));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return { name: "registry", version, url, pid: child.pid ?? 0, command: `taskset -c ${core} node server.ts`, stop: stopper(child) };
}
