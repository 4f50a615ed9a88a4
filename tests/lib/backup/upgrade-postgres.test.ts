import { fork, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeAll, expect, test } from "vitest";
import { openQueue } from "#lib/jobs/index.ts";
import { readConfig } from "#lib/platform/index.ts";
import { openRuntime, type Deps } from "#lib/runtime/index.ts";
import { migrate } from "#scripts/migrate.ts";
import { startEmbeddedPostgres } from "#scripts/embedded-postgres.ts";
import { olderBinaries, shippedBinaries } from "#scripts/postgres/binaries.ts";
import { choosePlace } from "#scripts/postgres/choose-place.ts";
import { runServer } from "#scripts/postgres/run-server.ts";
import { ask } from "#tests/support/empty-database.ts";
import { populate, type Populated } from "#tests/support/populate-instance.ts";
import { publishService } from "#tests/support/submissions.ts";
import { JOBS } from "#worker/registry.ts";

const OLD = 17;
const NEW = shippedBinaries().major;
const password = "the password of this test's database";
const secrets = { AUTH_SECRET: "integration-tests-auth-secret-0123456789", KOS_KEY_SECRET: "integration-tests-key-secret", PUBLIC_URL: "http://localhost:3999", LOG_LEVEL: "silent" };
const older = olderBinaries(OLD);
const cleanups: (() => void)[] = [];

afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

interface Instance {
  dataDir: string;
  /** The folder that holds `postgres`, wherever this machine lets it live. */
  home: string;
}

function newInstance(): Instance {
  const dataDir = mkdtempSync(join(tmpdir(), "kos-upgrade-"));
  const home = dirname(choosePlace(dataDir).data);
  cleanups.push(() => {
    for (const folder of [dataDir, home]) rmSync(folder, { recursive: true, force: true });
  });
  return { dataDir, home };
}

const open = (instance: Instance, url: string): Promise<Deps> => openRuntime(readConfig({ ...secrets, DATABASE_URL: url, KOS_DATA_DIR: instance.dataDir }), "client", []);
const close = async (deps: Deps): Promise<void> => {
  await deps.queue.stop();
  await deps.db.$disconnect();
};

/** Rows of each table, and of the queue's jobs, as one text. */
async function contents(url: string): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(url, `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE' AND table_name <> 'instance'`);
  const found: Record<string, string> = {};
  for (const { name } of tables) found[name] = (await ask<{ digest: string }>(url, `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C")), '') AS digest FROM ${name} t`))[0]?.digest ?? "";
  return found;
}

/** An instance that ran on the older release for a while. */
async function olderInstance(): Promise<Instance & { made: Populated; before: Record<string, string>; feed: Buffer }> {
  if (older === null) throw new Error(`the binaries of Postgres ${OLD} are not installed`);
  const instance = newInstance();
  const server = await runServer(older, choosePlace(instance.dataDir), { password, volatile: true });
  try {
    await migrate(server.url);
    await (await openQueue(server.url, "worker", JOBS)).stop();
    const deps = await open(instance, server.url);
    const made = await populate(deps);
    const feed = await newestFeed(deps);
    await close(deps);
    return { ...instance, made, feed, before: await contents(server.url) };
  } finally {
    await server.stop();
  }
}

async function newestFeed(deps: Deps): Promise<Buffer> {
  const { seq } = await deps.db.feedSnapshot.findFirstOrThrow({ orderBy: { seq: "desc" } });
  return Buffer.from((await deps.store.getBytes(`feed/${seq}.json`, 1e7)) ?? []);
}

const majorIn = (folder: string) => readFileSync(join(folder, "PG_VERSION"), "utf8").trim();

async function expectUpgraded(instance: Awaited<ReturnType<typeof olderInstance>>): Promise<void> {
  const lines: string[] = [];
  const server = await startEmbeddedPostgres({ dataDir: instance.dataDir, password, say: (line) => lines.push(line) });
  try {
    expect(await contents(server.url)).toEqual(instance.before);
    expect((await ask<{ server_version: string }>(server.url, "SHOW server_version"))[0]?.server_version).toMatch(new RegExp(`^${NEW}\\b`));
    expect([majorIn(join(instance.home, "postgres")), majorIn(join(instance.home, `postgres-${OLD}`))]).toEqual([String(NEW), String(OLD)]);
    expect(readdirSync(instance.home).filter((name) => name.startsWith("postgres-upgrad"))).toEqual([]);
    expect(await migrate(server.url)).toEqual([]);
    const deps = await open(instance, server.url);
    expect((await newestFeed(deps)).equals(instance.feed)).toBe(true);
    await publishService(deps, instance.made.by, instance.made.listing, "2.0.0");
    expect(await deps.db.listing.findUnique({ where: { slug: instance.made.listing } })).toMatchObject({ latestVersion: "2.0.0" });
    await expect(deps.db.$executeRaw`DELETE FROM "AuditEvent"`).rejects.toThrow(/append-only/);
    await close(deps);
  } finally {
    await server.stop();
  }
}

beforeAll(() => {
  expect(older, `the binaries of Postgres ${OLD}`).not.toBeNull();
});

test("an older data folder is upgraded at the start: every row, the queue and the feed, and it goes on", { timeout: 120_000 }, async () => {
  const instance = await olderInstance();
  expect(majorIn(join(instance.home, "postgres"))).toBe(String(OLD));
  await expectUpgraded(instance);
  const again: string[] = [];
  await (await startEmbeddedPostgres({ dataDir: instance.dataDir, password, say: (line) => again.push(line) })).stop();
  expect(again).toEqual([]);
});

/** Starts the database in a process of its own, which can be killed. */
function startInChild(dataDir: string): { child: ChildProcess; said: () => string; ended: Promise<unknown> } {
  const { VITEST: _vitest, NODE_OPTIONS: _options, ...inherited } = process.env;
  const child = fork(join(import.meta.dirname, "start-database.ts"), [dataDir, password], { env: inherited, stdio: ["ignore", "pipe", "pipe", "ipc"], execArgv: ["--disable-warning=ExperimentalWarning"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (more: string) => (text += more));
  return { child, said: () => text, ended: new Promise((resolve) => child.on("exit", resolve)) };
}

test("killed while rows are copied, the next start does it over", { timeout: 120_000 }, async () => {
  const instance = await olderInstance();
  const start = startInChild(instance.dataDir);
  await new Promise<void>((resolve, reject) => {
    // The first table's line comes in the middle of the copy.
    start.child.stderr?.on("data", () => / rows\n/.test(start.said()) && resolve());
    start.child.on("exit", () => reject(new Error(`it ended: ${start.said()}`)));
  });
  start.child.kill("SIGKILL");
  await start.ended;
  expect(existsSync(join(instance.home, "postgres-upgrade.json"))).toBe(false);
  expect(majorIn(join(instance.home, "postgres"))).toBe(String(OLD));
  await expectUpgraded(instance);
});

test.each([
  ["before the first rename", (_home: string) => undefined],
  ["between the renames", (home: string) => renameSync(join(home, "postgres"), join(home, `postgres-${OLD}`))],
  [
    "after the last rename",
    (home: string) => {
      renameSync(join(home, "postgres"), join(home, `postgres-${OLD}`));
      renameSync(join(home, "postgres-upgrading"), join(home, "postgres"));
    },
  ],
])("killed %s, the next start completes it", { timeout: 120_000 }, async (_when, advance) => {
  const instance = await olderInstance();
  await (await startEmbeddedPostgres({ dataDir: instance.dataDir, password, say: () => undefined })).stop();
  // Back to the moment in which everything is copied and marked, and nothing renamed.
  renameSync(join(instance.home, "postgres"), join(instance.home, "postgres-upgrading"));
  renameSync(join(instance.home, `postgres-${OLD}`), join(instance.home, "postgres"));
  writeFileSync(join(instance.home, "postgres-upgrade.json"), JSON.stringify({ from: OLD, to: NEW, kept: `postgres-${OLD}` }));
  advance(instance.home);
  await expectUpgraded(instance);
});

test.each([
  ["older than any binaries here", "12", /made by Postgres 12, and this release runs \d+\. The upgrade needs the package `embedded-postgres-12-/],
  ["newer than the binaries", "99", /made by Postgres 99, and this release runs \d+\. Use the release that it comes from/],
])("data %s is refused, and nothing is touched", async (_what, major, sentence) => {
  const { dataDir, home } = newInstance();
  const server = await startEmbeddedPostgres({ dataDir, password, volatile: true });
  await server.stop();
  writeFileSync(join(home, "postgres/PG_VERSION"), `${major}\n`);
  const before = readdirSync(home, { recursive: true });
  await expect(startEmbeddedPostgres({ dataDir, password, say: () => undefined })).rejects.toThrow(sentence);
  expect(readdirSync(home, { recursive: true })).toEqual(before);
});

test("tables of somebody else's are not left behind in silence", async () => {
  const instance = await olderInstance();
  const place = choosePlace(instance.dataDir);
  const server = await runServer(older ?? shippedBinaries(), place, { password, volatile: true });
  await ask(server.url, "CREATE SCHEMA reports; CREATE TABLE reports.monthly (n int)");
  await server.stop();
  await expect(startEmbeddedPostgres({ dataDir: instance.dataDir, password, say: () => undefined })).rejects.toThrow(/reports\.monthly/);
  expect(majorIn(place.data)).toBe(String(OLD));
});
