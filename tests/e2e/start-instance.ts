import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#scripts/embedded-postgres.ts";
import type { RunFile } from "#scripts/environment.ts";

const root = join(import.meta.dirname, "../..");
const KEPT = ["PATH", "HOME", "LANG", "TMPDIR", "USER"];

/**
 * Starts a marketplace of the suite's own as `npm start` does, and hands its address, data folder and one-time
 * administrator link to the tests through the environment. Returns how to stop it, which fails when a process is left.
 */
export default async function startInstance(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "kos-e2e-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const inherited = Object.fromEntries(KEPT.map((name) => [name, process.env[name]]));
  const child = spawn(process.execPath, ["scripts/launch.mjs", "scripts/start.ts"], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    // Addresses that tests give themselves count, so that people in different tests do not share one rate limit.
    env: { ...inherited, NODE_ENV: "production", PORT: String(port), PUBLIC_URL: url, KOS_DATA_DIR: dataDir, TRUSTED_PROXIES: "127.0.0.1,::1" },
  });
  // An interrupted run has no teardown; the supervisor then stops with this process.
  process.once("exit", () => child.kill("SIGTERM"));
  try {
    const started = Date.now();
    const link = await administratorLink(child);
    process.stdout.write(`The marketplace of the suite is at ${url} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    Object.assign(process.env, { KOS_E2E_URL: url, KOS_E2E_DATA: dataDir, KOS_E2E_ADMINISTRATOR_LINK: link });
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
  return () => stop(child, dataDir);
}

/** Reads what the supervisor says until it names the link. Throws with all of it when it ends before. */
function administratorLink(child: ChildProcess): Promise<string> {
  let said = "";
  return new Promise((resolve, reject) => {
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const link = /^Administrator sign-in, once: (\S+)$/m.exec(said)?.[1];
      if (link !== undefined) resolve(link);
    });
    child.on("exit", (code) => reject(new Error(`The marketplace did not start (${code}):\n${said}`)));
  });
}

async function stop(child: ChildProcess, dataDir: string): Promise<void> {
  const { pids } = JSON.parse(readFileSync(join(dataDir, "run.json"), "utf8")) as RunFile;
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  child.kill("SIGTERM");
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
  const left = Object.entries(pids).filter(([, pid]) => isAlive(pid));
  if (left.length > 0) throw new Error(`Still running after the stop: ${left.map(([name, pid]) => `${name} (${pid})`).join(", ")}`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
