import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openQueue } from "#lib/jobs/index.ts";
import { readConfig } from "#lib/platform/index.ts";
import { openRuntime, openStore, type Deps } from "#lib/runtime/index.ts";
import { sequenceLeaves, verifyRecord } from "#lib/transparency/index.ts";
import { readListing } from "#scripts/backup/backup-objects.ts";
import type { Manifest } from "#scripts/backup/manifest.ts";
import { readBackup } from "#scripts/backup/read-backup.ts";
import { restoreBackup, type Restored } from "#scripts/backup/restore-backup.ts";
import { writeBackup } from "#scripts/backup/write-backup.ts";
import { uniqueName } from "#tests/support/accounts.ts";
import { ask, emptyDatabase } from "#tests/support/empty-database.ts";
import { populate, type Populated } from "#tests/support/populate-instance.ts";
import { publishService } from "#tests/support/submissions.ts";
import { openTestDeps, type TestDeps } from "#tests/support/test-deps.ts";
import { waitFor } from "#tests/support/wait-for.ts";
import { JOBS, REGISTRY } from "#worker/registry.ts";

const root = join(import.meta.dirname, "../../..");
const folder = mkdtempSync(join(tmpdir(), "kos-backups-"));
const first = join(folder, "first");

let deps: TestDeps;
let made: Populated;
let manifest: Manifest;
let mutations = 0;

const inputOf = (name: string, linkFrom: string | null = null) => ({
  databaseUrl: deps.config.databaseUrl,
  store: deps.store,
  dataDir: deps.config.dataDir,
  secrets: { AUTH_SECRET: deps.config.authSecret, KOS_KEY_SECRET: deps.config.keySecret },
  folder: join(folder, name),
  linkFrom,
});

/** The store, in which the log grows after the rows' snapshot: before its objects are looked through. */
function growingStore(): typeof deps.store {
  return {
    ...deps.store,
    list: async function* (prefix: string) {
      if (prefix === "") {
        await publishService(deps, made.by, uniqueName("later"));
        await sequenceLeaves(deps);
      }
      yield* deps.store.list(prefix);
    },
  };
}

/** Publishes, and signs the log over it, without a pause until told to end. */
function keepPublishing(): { end: () => Promise<void> } {
  let going = true;
  const loop = (async () => {
    while (going) {
      await publishService(deps, made.by, uniqueName("meanwhile"));
      await sequenceLeaves(deps);
      mutations++;
    }
  })();
  return {
    end: async () => {
      going = false;
      await loop;
    },
  };
}

beforeAll(async () => {
  deps = await openTestDeps();
  made = await populate(deps);
  const publishing = keepPublishing();
  await waitFor("a first change", () => Promise.resolve(mutations > 0 ? true : undefined));
  const before = mutations;
  manifest = await writeBackup({ ...inputOf("first"), store: growingStore() });
  const during = mutations - before;
  await publishing.end();
  expect(during + mutations, "changes while the backup was made").toBeGreaterThan(before);
}, 180_000);
afterAll(async () => {
  await deps.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Elsewhere {
  deps: Deps;
  restored: Restored;
  close: () => Promise<void>;
}

/** Restores into an empty database and a new data folder. */
async function restoreElsewhere(name: string): Promise<Elsewhere> {
  const database = await emptyDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), "kos-restored-"));
  const config = readConfig({ AUTH_SECRET: deps.config.authSecret, KOS_KEY_SECRET: deps.config.keySecret, PUBLIC_URL: deps.config.publicUrl, DATABASE_URL: database.url, KOS_DATA_DIR: dataDir, LOG_LEVEL: "silent" });
  const restored = await restoreBackup({ backup: await readBackup(join(folder, name)), databaseUrl: database.url, store: openStore(config), dataDir });
  const opened = await openRuntime(config, "client", []);
  return {
    deps: opened,
    restored,
    close: async () => {
      await opened.queue.stop();
      await opened.db.$disconnect();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

describe("a backup made while others publish, restored elsewhere", () => {
  let elsewhere: Elsewhere;
  beforeAll(async () => {
    elsewhere = await restoreElsewhere("first");
  }, 120_000);
  afterAll(() => elsewhere.close());

  const count = async (url: string, table: { schema: string; name: string }) => (await ask<{ n: number }>(url, `SELECT count(*)::int AS n FROM "${table.schema}"."${table.name}"`))[0]?.n;

  test("has every table with the rows that the manifest counts", async () => {
    const names = await ask<{ name: string }>(deps.config.databaseUrl, `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables t WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`);
    expect(manifest.tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual(expect.arrayContaining([...names.map(({ name }) => name), "public._prisma_migrations", "pgboss.job", "pgboss.queue", "pgboss.version"]));
    // A process that connects to the queue makes itself known there.
    for (const table of manifest.tables.filter(({ name }) => name !== "instance")) expect(await count(elsewhere.deps.config.databaseUrl, table), table.name).toBe(table.rows);
    for (const name of ["User", "SigningKey", "Version", "Decision", "DownloadDay", "Mail", "FeedSnapshot", "AuditEvent"]) expect(manifest.tables.find((table) => table.name === name)?.rows, name).toBeGreaterThan(0);
  });

  test("has every object that its own rows name, byte for byte", async () => {
    const artifacts = await elsewhere.deps.db.version.findMany({ select: { artifactSha256: true } });
    expect(artifacts.length).toBeGreaterThan(3);
    for (const { artifactSha256 } of artifacts) expect(createHash("sha256").update((await elsewhere.deps.store.getBytes(`artifacts/sha256/${artifactSha256.slice(0, 2)}/${artifactSha256.slice(2, 4)}/${artifactSha256}`, 1e7)) ?? "").digest("hex")).toBe(artifactSha256);
    const icons = await elsewhere.deps.db.listing.findMany({ where: { iconSha256: { not: null } } });
    expect(icons).toHaveLength(1);
    for (const { iconSha256 } of icons) expect(await elsewhere.deps.store.head(`icons/${iconSha256}`)).toMatchObject({ sha256: iconSha256, contentType: "image/svg+xml" });
  });

  test("serves the feed of that moment, in each form", async () => {
    const newest = await elsewhere.deps.db.feedSnapshot.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect({ seq: String(newest.seq), sha256: newest.sha256 }).toEqual(manifest.feed);
    for (const form of ["", ".gz", ".br"]) {
      const key = `feed/${newest.seq}.json${form}`;
      expect(Buffer.from((await elsewhere.deps.store.getBytes(key, 1e7)) ?? []).equals(Buffer.from((await deps.store.getBytes(key, 1e7)) ?? [])), key).toBe(true);
    }
  });

  test("has the keys and the secrets, readable by their owner only", () => {
    const { dataDir } = elsewhere.deps.config;
    expect(readFileSync(join(dataDir, "keys/registry.asc")).equals(readFileSync(join(deps.config.dataDir, "keys/registry.asc")))).toBe(true);
    expect(statSync(join(dataDir, "keys/registry.asc")).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"))).toMatchObject({ AUTH_SECRET: deps.config.authSecret, KOS_KEY_SECRET: deps.config.keySecret, POSTGRES_PASSWORD: expect.any(String) as string });
    expect(statSync(join(first, "secrets.json")).mode & 0o777).toBe(0o600);
  });

  test("has the log of that moment, which holds and goes on", async () => {
    expect(await verifyRecord(elsewhere.deps)).toMatchObject({ ok: true, faults: [] });
    const { size } = await sequenceLeaves(elsewhere.deps);
    expect(size).toBeGreaterThan(0);
    expect(await elsewhere.deps.db.logHead.findUnique({ where: { id: 1 } })).toMatchObject({ fault: null });
  });

  test("keeps its rules: a decision is append-only again", async () => {
    await expect(elsewhere.deps.db.$executeRaw`DELETE FROM "Decision"`).rejects.toThrow(/append-only/);
    await expect(elsewhere.deps.db.$executeRaw`DELETE FROM "User" u USING "SigningKey" k WHERE k."addedById" = u."id" AND false`).resolves.toBe(0);
  });

  test("goes on: the waiting job runs, and the next version is published into the next feed", { timeout: 90_000 }, async () => {
    const before = await elsewhere.deps.db.feedSnapshot.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(await elsewhere.deps.db.submission.findUnique({ where: { id: made.waiting } })).toMatchObject({ state: "checking" });
    const worker = await openQueue(elsewhere.deps.config.databaseUrl, "worker", JOBS);
    try {
      for (const { job, parallel, handle } of REGISTRY) await worker.work(job, parallel, async (payload) => void (await handle(elsewhere.deps, payload)));
      await waitFor("the checks that had waited", async () => ((await elsewhere.deps.db.submission.findUniqueOrThrow({ where: { id: made.waiting } })).state === "in_review" ? true : undefined));
    } finally {
      await worker.stop();
    }
    await publishService(elsewhere.deps, made.by, made.listing, "2.0.0");
    expect(await elsewhere.deps.db.listing.findUnique({ where: { slug: made.listing } })).toMatchObject({ latestVersion: "2.0.0", downloads30d: 7 });
    const after = await elsewhere.deps.db.feedSnapshot.findFirstOrThrow({ orderBy: { seq: "desc" } });
    expect(after.seq).toBeGreaterThan(before.seq);
  });
});

describe("a restore is refused", () => {
  const refused = async (name: string) => {
    const database = await emptyDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), "kos-refused-"));
    try {
      const store = openStore({ ...deps.config, dataDir });
      const answer = await readBackup(join(folder, name)).then((backup) => restoreBackup({ backup, databaseUrl: database.url, store, dataDir })).then(() => "restored", (error: unknown) => (error as Error).message);
      expect(readdirSync(dataDir)).toEqual([]);
      expect(await ask(database.url, "SELECT 1 FROM information_schema.tables WHERE table_schema IN ('public', 'pgboss')")).toEqual([]);
      return answer;
    } finally {
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  };
  const alteredCopy = (name: string, alter: (copy: string) => void) => {
    cpSync(first, join(folder, name), { recursive: true });
    alter(join(folder, name));
  };
  const flip = (file: string) => {
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };
  const anObject = () => `objects/${(JSON.parse(readFileSync(join(first, "objects.jsonl"), "utf8").split("\n")[0] ?? "") as { key: string }).key}`;

  test.each(["tables/public.Version.copy.gz", "tables/pgboss.job.copy.gz", "objects.jsonl", "keys/registry.asc", "secrets.json", "manifest.json", "manifest.sha256", "an object"])("of a backup in which one bit of %s changed, and the file is named", async (named) => {
    const file = named === "an object" ? anObject() : named;
    const name = `altered-${createHash("sha256").update(file).digest("hex").slice(0, 8)}`;
    alteredCopy(name, (copy) => flip(join(copy, file)));
    const answer = await refused(name);
    expect(answer).toContain("The backup was altered");
    expect(answer).toContain(file);
  });

  test("of a backup that lacks a file, and the file is named", async () => {
    alteredCopy("lacking", (copy) => rmSync(join(copy, anObject())));
    expect(await refused("lacking")).toBe(`The backup is incomplete: ${anObject()} is missing.`);
  });

  test.each([
    ["a newer format", { format: 2 }, /format 2.*Use that release, or a later one/],
    ["a migration that this release does not know", { migrations: ["20261122000000_init", "29990101000000_tomorrow"] }, /later release.*29990101000000_tomorrow/],
    ["a newer queue", { queueVersion: 9999 }, /later release.*9999/],
    ["a key that is none", { keys: [{ file: "postgres/postgresql.conf", sha256: "0".repeat(64) }] }, /keys\.0\.file is not below keys/],
    ["a key outside of the folder", { keys: [{ file: "keys/x\n/../../../planted", sha256: "0".repeat(64) }] }, /keys\.0\.file/],
    ["a partition that is a statement", { partitions: [{ schema: "pgboss", name: "p", parent: "job", bound: "DEFAULT; CREATE TABLE public.planted()" }] }, /partitions\.0\.bound/],
  ])("of a backup with %s", async (what, change, sentence) => {
    const name = what.replaceAll(" ", "-");
    alteredCopy(name, (copy) => {
      const text = JSON.stringify({ ...(JSON.parse(readFileSync(join(copy, "manifest.json"), "utf8")) as object), ...change });
      writeFileSync(join(copy, "manifest.json"), text);
      writeFileSync(join(copy, "manifest.sha256"), `${createHash("sha256").update(text).digest("hex")}  manifest.json\n`);
    });
    expect(await refused(name)).toMatch(sentence);
  });

  test("into a database that has rows, which stay as they are", async () => {
    const before = await deps.db.version.count();
    const dataDir = mkdtempSync(join(tmpdir(), "kos-refused-"));
    const backup = await readBackup(first);
    await expect(restoreBackup({ backup, databaseUrl: deps.config.databaseUrl, store: openStore({ ...deps.config, dataDir }), dataDir })).rejects.toThrow(/The database is not empty/);
    expect(await deps.db.version.count()).toBe(before);
    expect(readdirSync(dataDir)).toEqual([]);
    rmSync(dataDir, { recursive: true });
  });

  test("over another key", async () => {
    const database = await emptyDatabase();
    const dataDir = mkdtempSync(join(tmpdir(), "kos-refused-"));
    try {
      cpSync(join(first, "keys"), join(dataDir, "keys"), { recursive: true });
      appendFileSync(join(dataDir, "keys/registry.asc"), "\n");
      const store = openStore({ ...deps.config, dataDir });
      await expect(restoreBackup({ backup: await readBackup(first), databaseUrl: database.url, store, dataDir })).rejects.toThrow(/registry\.asc is another key/);
      expect(readdirSync(dataDir)).toEqual(["keys"]);
    } finally {
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});

describe("a backup", () => {
  test("refuses a folder that exists, and leaves it as it was", async () => {
    const before = readFileSync(join(first, "manifest.json"), "utf8");
    await expect(writeBackup(inputOf("first"))).rejects.toThrow(/exists already/);
    expect(readFileSync(join(first, "manifest.json"), "utf8")).toBe(before);
  });

  test("links to the objects of an earlier one, and is whole without it", async () => {
    await writeBackup(inputOf("second", first));
    const key = (await readListing(join(first, "objects.jsonl"))).find((object) => object.key.startsWith("artifacts/"))?.key ?? "";
    expect(statSync(join(folder, "second/objects", key)).ino).toBe(statSync(join(first, "objects", key)).ino);
    await expect(readBackup(join(folder, "second"))).resolves.toMatchObject({ folder: join(folder, "second") });
  });

  test("leaves keys and secrets out when asked to", async () => {
    await writeBackup({ ...inputOf("plain"), secrets: null });
    expect(readdirSync(join(folder, "plain")).sort()).toEqual(["manifest.json", "manifest.sha256", "objects", "objects.jsonl", "tables"]);
  });

  test("is refused when the store lacks an object that a row names, and nothing is left", async () => {
    const { artifactSha256 } = await deps.db.version.findFirstOrThrow();
    const key = `artifacts/sha256/${artifactSha256.slice(0, 2)}/${artifactSha256.slice(2, 4)}/${artifactSha256}`;
    const bytes = (await deps.store.getBytes(key, 1e7)) ?? new Uint8Array();
    await deps.store.delete(key);
    await expect(writeBackup(inputOf("lacks"))).rejects.toThrow(`The store lacks \`${key}\``);
    const other = Buffer.from("not what was stored");
    await deps.store.put(key, other, { sha256: createHash("sha256").update(other).digest("hex"), contentType: "text/plain" });
    await expect(writeBackup(inputOf("lacks"))).rejects.toThrow(`The object \`${key}\` is not what was stored`);
    await deps.store.delete(key);
    await deps.store.put(key, bytes, { sha256: artifactSha256, contentType: "text/yaml" });
    expect(readdirSync(folder).filter((name) => name.startsWith("lacks"))).toEqual([]);
  });

  test("killed half-way has no folder that looks finished", { timeout: 60_000 }, async () => {
    const lock = new pg.Client({ connectionString: deps.config.databaseUrl });
    await lock.connect();
    await lock.query(`BEGIN; LOCK TABLE "Version" IN ACCESS EXCLUSIVE MODE`);
    const target = join(folder, "killed");
    const { VITEST: _vitest, NODE_OPTIONS: _options, ...inherited } = process.env;
    const environment = { ...inherited, AUTH_SECRET: deps.config.authSecret, KOS_KEY_SECRET: deps.config.keySecret, DATABASE_URL: deps.config.databaseUrl, KOS_DATA_DIR: deps.config.dataDir };
    const child = spawn(process.execPath, ["scripts/admin.ts", "backup", target], { cwd: root, env: environment, stdio: "ignore" });
    const ended = new Promise((resolve) => child.on("exit", resolve));
    try {
      await waitFor("the tables before the locked one", () => Promise.resolve(existsSync(join(`${target}.partial`, "tables/public.Version.copy.gz")) ? true : undefined), 40);
    } finally {
      child.kill("SIGKILL");
      await ended;
      await lock.end();
    }
    expect(existsSync(target)).toBe(false);
    await expect(readBackup(`${target}.partial`)).rejects.toThrow(/is not a backup.*never finished/);
    await expect(writeBackup(inputOf("killed"))).rejects.toThrow(/was interrupted/);
  });
});
