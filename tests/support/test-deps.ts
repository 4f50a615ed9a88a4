import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openQueue, type Queue } from "#lib/jobs/index.ts";
import { readConfig } from "#lib/platform/index.ts";
import { openRuntime, type Deps } from "#lib/runtime/index.ts";
import { initialisePolicy } from "#lib/review/index.ts";
import { JOBS, REGISTRY } from "#worker/registry.ts";
import { freshDatabase } from "./fresh-database.ts";

export interface TestDeps extends Deps {
  /** Moves the clock that the modules ask; it otherwise runs with the real one. */
  advance: (milliseconds: number) => void;
  close: () => Promise<void>;
}

export interface TestDepsOptions {
  /** Runs the real jobs beside the test. */
  worker?: boolean;
  policy?: "solo" | "team";
  environment?: Record<string, string>;
}

const SECRETS = { AUTH_SECRET: "integration-tests-auth-secret-0123456789", KOS_KEY_SECRET: "integration-tests-key-secret" };

/** Database, object store and queue of one test file: all real, all its own, gone after `close`. */
export async function openTestDeps(options: TestDepsOptions = {}): Promise<TestDeps> {
  process.env["LOG_LEVEL"] ??= "silent";
  const database = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "kos-test-data-"));
  const config = readConfig({ ...SECRETS, PUBLIC_URL: "http://localhost:3999", DATABASE_URL: database.url, KOS_DATA_DIR: dataDir, LOG_LEVEL: "silent", ...options.environment });
  let offset = 0;
  const deps: Deps = { ...(await openRuntime(config, "client", [])), now: () => new Date(Date.now() + offset) };
  await initialisePolicy(deps.db, options.policy ?? "solo");
  const worker = options.worker === true ? await startWorker(deps) : null;
  return {
    ...deps,
    advance: (milliseconds) => void (offset += milliseconds),
    close: async () => {
      await worker?.stop();
      await deps.queue.stop();
      await deps.db.$disconnect();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function startWorker(deps: Deps): Promise<Queue> {
  const queue = await openQueue(deps.config.databaseUrl, "worker", JOBS);
  for (const { job, parallel, handle } of REGISTRY) await queue.work(job, parallel, async (payload) => void (await handle(deps, payload)));
  return queue;
}
