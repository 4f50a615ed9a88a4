import type { Config, Db, Logger } from "#lib/platform/index.ts";
import type { Queue } from "#lib/jobs/index.ts";
import type { ObjectStore } from "#lib/storage/index.ts";

/** What the modules of lib are given: everything that differs between a test, the web process and the worker. */
export interface Deps {
  config: Config;
  db: Db;
  store: ObjectStore;
  queue: Queue;
  logger: Logger;
  now: () => Date;
}
