import { spawn } from "node:child_process";
import { join } from "node:path";
import { freePort } from "#scripts/embedded-postgres.ts";
import { stopper, tailOf, untilAnswers } from "../feed/peer.ts";

const root = join(import.meta.dirname, "..", "..");

/** The same build of the same pages, served by Next without `server.ts` in front of it. */
export async function startPlainNext(environment: Record<string, string>, core: number): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  const port = await freePort();
  const command = ["-c", String(core), process.execPath, "--disable-warning=ExperimentalWarning", join(import.meta.dirname, "plain-server.ts")];
  const child = spawn("taskset", command, { cwd: root, env: { ...process.env, ...environment, PORT: String(port), NODE_ENV: "production" }, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  const url = `http://127.0.0.1:${port}`;
  const stop = stopper(child);
  await untilAnswers(`${url}/`, child, tailOf(child)).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url, pid: child.pid ?? 0, stop };
}
