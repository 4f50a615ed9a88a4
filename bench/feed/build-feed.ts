import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { generateSigningKey, idSkeleton, signDetached } from "@kosmarket/kit";
import { versionSortKey } from "#lib/catalog/index.ts";
import { buildSnapshot, feedInMemory, refreshFeed } from "#lib/feed/index.ts";
import { newId, readConfig } from "#lib/platform/index.ts";
import { openRuntime, type Deps } from "#lib/runtime/index.ts";
import { artifactKey } from "#lib/storage/index.ts";
import { startEmbeddedPostgres } from "#scripts/embedded-postgres.ts";
import { readSecrets } from "#scripts/environment.ts";
import { migrate } from "#scripts/migrate.ts";

export interface BuiltFeed {
  bytes: Buffer;
  gzip: Buffer;
  sha256: string;
  entries: number;
  /** A folder that other accounts may read, for the peers' files. */
  folder: string;
  /** What the registry's own server needs to serve this feed. */
  environment: Record<string, string>;
  remove(): Promise<void>;
}

/** About 100 KB compressed, since most of an entry is a signature. */
const LISTINGS = 540;
const FIRST = ["amber", "aspen", "birch", "cobalt", "dune", "ember", "fjord", "granite", "harvest", "hazel", "indigo", "iris", "juniper", "kelp", "larch", "maple", "meadow", "north", "ochre", "pine", "quartz", "river", "saffron", "slate", "thistle", "umber", "willow"];
const SECOND = ["anchor", "bridge", "compass", "drift", "engine", "forge", "garden", "harbour", "index", "journal", "kiln", "lantern", "mirror", "notes", "orchard", "press", "query", "relay", "spindle", "tower"];

/**
 * A database with listings whose artifacts are really signed, and the feed that the registry's own builder makes of
 * it: rows in one go, since the checks and the review of a publish are not what is measured here.
 */
export async function buildFeed(say: (line: string) => void): Promise<BuiltFeed> {
  const folder = mkdtempSync(join(tmpdir(), "kos-bench-"));
  chmodSync(folder, 0o755);
  const dataDir = join(folder, "data");
  const secrets = readSecrets(dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir, password: secrets.POSTGRES_PASSWORD, volatile: true });
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  // Also where a signal ends the run; the database then goes with the pipe that it hangs on.
  process.on("exit", removeFolder);
  const remove = async (): Promise<void> => {
    await postgres.stop();
    process.off("exit", removeFolder);
    removeFolder();
  };
  try {
    await migrate(postgres.url);
    const environment = { ...secrets, KOS_DATA_DIR: dataDir, DATABASE_URL: postgres.url, PUBLIC_URL: "https://registry.example", LOG_LEVEL: "warn" };
    // As a worker without jobs: a worker is what installs the queue's tables, which the web process needs.
    const deps = await openRuntime(readConfig(environment), "worker", []);
    try {
      await insertListings(deps);
      await buildSnapshot(deps);
      await refreshFeed(deps);
    } finally {
      await deps.queue.stop();
      await deps.db.$disconnect();
    }
    const built = feedInMemory();
    if (built === null) throw new Error("no feed was built");
    const { identity: bytes, gzip } = built.variants;
    if (!gunzipSync(gzip).equals(bytes)) throw new Error("the feed's compressed form does not decode to the feed");
    say(`  feed of ${built.entries} listings, ${bytes.length} bytes, ${gzip.length} compressed`);
    return { bytes, gzip, sha256: built.sha256, entries: built.entries, folder, environment, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function insertListings({ db, now }: Deps): Promise<void> {
  const key = await generateSigningKey({ name: "Benchmark", email: "benchmark@registry.example" });
  const publisherId = newId();
  await db.publisher.create({ data: { id: publisherId, slug: "benchmark", skeleton: idSkeleton("benchmark"), name: "Benchmark" } });
  const packages = await Promise.all(Array.from({ length: LISTINGS }, async (_, index) => await signedPackage(index, key.privateKey)));
  const rows = packages.map((entry) => ({ ...entry, listingId: newId(), submissionId: newId() }));
  await db.artifact.createMany({ data: rows.map(({ sha256, text }) => ({ sha256, size: Buffer.byteLength(text), mediaType: "application/yaml", key: artifactKey(sha256) })) });
  await db.listing.createMany({ data: rows.map(({ listingId, slug, version }) => ({ id: listingId, slug, skeleton: idSkeleton(slug), kind: "plugin", type: "user_plugin", publisherId, name: slug, latestVersion: version })) });
  const shared = ({ sha256, text, slug }: (typeof rows)[number]) => ({ artifactSha256: sha256, channel: "stable", manifest: { id: slug }, manifestText: text, fileName: `${slug}.yaml`, files: [], permissions: [], permissionHash: createHash("sha256").update("").digest("hex"), signerFingerprint: key.fingerprint });
  await db.submission.createMany({ data: rows.map((row) => ({ ...shared(row), id: row.submissionId, listingSlug: row.slug, skeleton: idSkeleton(row.slug), version: row.version, kind: "plugin", name: row.slug, publisherId, state: "published", submittedAt: now() })) });
  await db.version.createMany({ data: rows.map((row) => ({ ...shared(row), id: newId(), listingId: row.listingId, version: row.version, sortKey: versionSortKey(row.version), signature: row.signature, signer: "publisher", submissionId: row.submissionId })) });
}

async function signedPackage(index: number, privateKey: string): Promise<{ slug: string; version: string; text: string; sha256: string; signature: string }> {
  const slug = `${FIRST[index % FIRST.length]}-${SECOND[Math.floor(index / FIRST.length) % SECOND.length]}`;
  const version = `${1 + (index % 4)}.${index % 7}.${index % 11}`;
  const text = `id: ${slug}\nname: ${slug}\nentrypoint: main.ts\nversion: ${version}\npermissions: []\n`;
  return { slug, version, text, sha256: createHash("sha256").update(text).digest("hex"), signature: await signDetached(Buffer.from(text), privateKey) };
}
