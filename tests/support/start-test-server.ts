import { fork, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#lib/platform/index.ts";
import { initialisePolicy } from "#lib/review/index.ts";
import { openRuntime, type Deps } from "#lib/runtime/index.ts";
import { freePort } from "#scripts/embedded-postgres.ts";
import type { BreakableLink } from "./breakable-link.ts";
import { freshDatabase } from "./fresh-database.ts";

export interface TestServer {
  /** Origin, as pages and links name it. */
  url: string;
  /** The same database, object store and queue as the server's, for arranging and for looking behind the answers. */
  deps: Deps;
  /** A request to the server; redirects are answers, not followed. `client` is the address that limits count by. */
  request: (path: string, init?: RequestInit & { client?: string }) => Promise<Response>;
  startWorker: () => Promise<ChildProcess>;
  /** Another web process on the same database and data folder; its origin. */
  startAnotherWeb: () => Promise<string>;
  /** Everything that the processes printed so far. */
  output: () => string;
  stop: () => Promise<void>;
}

const root = join(import.meta.dirname, "../..");
const SECRETS = { AUTH_SECRET: "integration-tests-auth-secret-0123456789", KOS_KEY_SECRET: "integration-tests-key-secret" };

/** Starts the real web process from the built pages, and the real worker unless told not to, on a database and data folder of their own. */
export async function startTestServer(options: { worker?: boolean; policy?: "solo" | "team"; environment?: Record<string, string>; link?: BreakableLink } = {}): Promise<TestServer> {
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "kos-test-data-"));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const environment = { ...SECRETS, PORT: String(port), PUBLIC_URL: url, DATABASE_URL: database.url, KOS_DATA_DIR: dataDir, LOG_LEVEL: "error", TRUSTED_PROXIES: "127.0.0.1,::1", ...options.environment };
  const deps = await openRuntime(readConfig(environment), "client", []);
  if (options.link !== undefined) environment.DATABASE_URL = throughLink(database.url, options.link);
  await initialisePolicy(deps.db, options.policy ?? "solo");
  const children: ChildProcess[] = [];
  let printed = "";
  const start = async (script: string): Promise<ChildProcess> => {
    const child = await startProcess(script, environment, (text) => (printed += text));
    children.push(child);
    return child;
  };
  if (options.worker !== false) await start("worker/main.ts");
  await start("server.ts");
  return {
    url,
    deps,
    request: (path, { client = "203.0.113.1", ...init } = {}) => fetch(new URL(path, url), { redirect: "manual", ...init, headers: { "x-forwarded-for": client, ...(init.headers as Record<string, string> | undefined) } }),
    startWorker: () => start("worker/main.ts"),
    startAnotherWeb: async () => {
      const another = await freePort();
      children.push(await startProcess("server.ts", { ...environment, PORT: String(another) }, (text) => (printed += text)));
      return `http://localhost:${another}`;
    },
    output: () => printed,
    stop: async () => {
      await Promise.all(children.map((child) => stopProcess(child)));
      await deps.queue.stop();
      await deps.db.$disconnect();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function throughLink(databaseUrl: string, link: BreakableLink): string {
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(link.port);
  return url.href;
}

/** Forks a program as the supervisor does and waits until it says that it serves. */
function startProcess(script: string, environment: Record<string, string>, hear: (text: string) => void): Promise<ChildProcess> {
  const { VITEST: _vitest, NODE_OPTIONS: _options, ...inherited } = process.env;
  const child = fork(join(root, script), [], { cwd: root, stdio: ["ignore", "pipe", "pipe", "ipc"], env: { ...inherited, ...environment, NODE_ENV: "production" }, execArgv: ["--disable-warning=ExperimentalWarning"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-8000);
      hear(text);
      if (process.env["KOS_TEST_VERBOSE"] === "1") process.stderr.write(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("message", (message: { ready?: boolean }) => message.ready === true && resolve(child));
    child.on("exit", (code, signal) => reject(new Error(`${script} ended (${code ?? signal}):\n${output}`)));
  });
}

/** Asks a process to end and waits until it has. */
export function stopProcess(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.on("exit", () => resolve()).kill(signal));
}
