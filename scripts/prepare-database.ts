import { mkdirSync } from "node:fs";
import { openQueue } from "#lib/jobs/index.ts";
import { ConfigError, connectDatabase, readConfig, type Config } from "#lib/platform/index.ts";
import { initialisePolicy } from "#lib/review/index.ts";
import { createS3Store } from "#lib/storage/index.ts";
import { registrySigner } from "#lib/trust/index.ts";
import { JOBS } from "#worker/registry.ts";
import { Refusal } from "./database/refusal.ts";
import { completeEnvironment } from "./environment.ts";
import { migrate } from "./migrate.ts";

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Everything that must be there before the first web process or worker starts, and after each upgrade: tables, the
 * queue's tables, the initial policy, the bucket, the registry's signing key. Safe to repeat, and to run twice at once.
 */
async function prepare(config: Config): Promise<void> {
  const applied = await migrate(config.databaseUrl);
  say(applied.length === 0 ? "The database is up to date" : `Applied ${applied.length} migration${applied.length === 1 ? "" : "s"}: ${applied.join(", ")}`);
  const queue = await openQueue(config.databaseUrl, "worker", JOBS);
  await queue.stop();
  await preparePolicy(config);
  await prepareBucket(config);
  mkdirSync(config.dataDir, { recursive: true });
  const { fingerprint } = await registrySigner(config);
  say(`The registry signs with ${fingerprint}`);
}

async function preparePolicy(config: Config): Promise<void> {
  const db = connectDatabase(config.databaseUrl, 1);
  try {
    await initialisePolicy(db, config.initialPolicy);
  } finally {
    await db.$disconnect();
  }
}

async function prepareBucket(config: Config): Promise<void> {
  if (config.s3 === null) return;
  const store = createS3Store(config.s3);
  try {
    await store.ensureBucket();
    say(`The bucket ${config.s3.bucket} is there`);
  } finally {
    store.close();
  }
}

process.env["LOG_LEVEL"] ??= "warn";
completeEnvironment(process.env);
try {
  await prepare(readConfig(process.env));
  process.exit(0);
} catch (error) {
  say(error instanceof ConfigError ? `The configuration has faults:\n${error.message}` : error instanceof Refusal ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
}
