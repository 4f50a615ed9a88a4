import { join } from "node:path";
import type { z } from "zod";
import { openQueue, type Job } from "#lib/jobs/index.ts";
import { connectDatabase, logger, processWide, readConfig, type Config } from "#lib/platform/index.ts";
import { createEmbeddedStore, createS3Store, observeStore, type ObjectStore } from "#lib/storage/index.ts";
import type { Deps } from "./deps.ts";

interface Slot {
  deps: Promise<Deps> | null;
}

const slot = (): Slot => processWide("runtime", () => ({ deps: null }));

/** The process's dependencies; opened from the environment on first use, so that `next build` needs none. */
export function runtime(): Promise<Deps> {
  const current = slot();
  current.deps ??= openRuntime(readConfig(process.env), "client", []);
  return current.deps;
}

/** Makes `deps` the process's own: called once by a main program before anything asks for them. */
export function useRuntime(deps: Deps): void {
  slot().deps = Promise.resolve(deps);
}

/** Opens database, object store and queue as the configuration says. */
export async function openRuntime(config: Config, role: "worker" | "client", jobs: Job<z.ZodType>[]): Promise<Deps> {
  const db = role === "worker" ? connectDatabase(config.databaseUrl, 10, 60) : connectDatabase(config.databaseUrl, 20, 10);
  return { config, db, store: observeStore(openStore(config)), queue: await openQueue(config.databaseUrl, role, jobs), logger: logger(), now: () => new Date() };
}

/** The object store that the configuration names. */
export function openStore(config: Config): ObjectStore {
  if (config.s3 !== null) return createS3Store(config.s3);
  return createEmbeddedStore({ root: join(config.dataDir, "objects"), publicUrl: config.publicUrl, secret: config.authSecret });
}
