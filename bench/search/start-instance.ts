import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#lib/platform/index.ts";
import { openRuntime, type Deps } from "#lib/runtime/index.ts";
import { freePort, startEmbeddedPostgres } from "#scripts/embedded-postgres.ts";
import { readSecrets } from "#scripts/environment.ts";
import { migrate } from "#scripts/migrate.ts";
import { prepareBuild } from "#scripts/prepare-build.ts";
import { stopper, tailOf, untilAnswers } from "../feed/peer.ts";

/** The registry's own database and web process, alone in a folder of their own. */
export interface Instance {
  url: string;
  databaseUrl: string;
  deps: Deps;
  environment: Record<string, string>;
  /** Megabytes of memory that the web process holds. */
  residentMegabytes: () => number;
  pid: number;
  stop: () => Promise<void>;
}

const root = join(import.meta.dirname, "..", "..");

/** Starts Postgres and the web process as `npm start` does, on pages built from the present sources; `core` pins the web process. */
export async function startInstance(say: (line: string) => void, core?: number): Promise<Instance> {
  await prepareBuild(say);
  const folder = mkdtempSync(join(tmpdir(), "kos-bench-"));
  chmodSync(folder, 0o755);
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  process.on("exit", removeFolder);
  const dataDir = join(folder, "data");
  const secrets = readSecrets(dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir, password: secrets.POSTGRES_PASSWORD, volatile: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = { ...secrets, KOS_DATA_DIR: dataDir, DATABASE_URL: postgres.url, HOST: "127.0.0.1", PORT: String(port), PUBLIC_URL: `http://localhost:${port}`, LOG_LEVEL: "error", TRUSTED_PROXIES: "127.0.0.1" };
  const stops: (() => Promise<void>)[] = [async () => await postgres.stop(), async () => await Promise.resolve(removeFolder())];
  const stop = async (): Promise<void> => {
    for (const end of stops) await end();
    process.off("exit", removeFolder);
  };
  try {
    await migrate(postgres.url);
    // As a worker without jobs: a worker is what installs the queue's tables, which the web process needs.
    const deps = await openRuntime(readConfig(environment), "worker", []);
    stops.unshift(async () => await deps.queue.stop().then(() => deps.db.$disconnect()));
    const command = [process.execPath, "--disable-warning=ExperimentalWarning", "server.ts"];
    const [program = "", ...rest] = core === undefined ? command : ["taskset", "-c", String(core), ...command];
    // The fourth channel is the supervisor's: the server ends when it closes.
    const web = spawn(program, rest, { cwd: root, env: { ...process.env, ...environment, NODE_ENV: "production" }, stdio: ["ignore", "pipe", "pipe", "ipc"] });
    stops.unshift(stopper(web));
    await untilAnswers(`${url}/healthz`, web, tailOf(web));
    const residentMegabytes = () => Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${web.pid}/status`, "utf8"))?.[1] ?? 0) / 1024);
    return { url, databaseUrl: postgres.url, deps, environment, residentMegabytes, pid: web.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
