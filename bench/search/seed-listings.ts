import pg from "pg";
import { idSkeleton } from "@kosmarket/kit";
import { versionSortKey } from "#lib/catalog/index.ts";
import { generateListing, PUBLISHERS } from "./generate-listings.ts";

const BATCH = 5_000;
/** Length of a real detached signature of an Ed25519 key. */
const SIGNATURE = `-----BEGIN PGP SIGNATURE-----\n\n${"iHUEABYKAB0WIQTc1rP9Jx0bV3uTtDqU5y8yY2Yz".repeat(6)}\n-----END PGP SIGNATURE-----\n`;
const VERSIONS = ["1.0.0", "0.2.1", "2.4.0", "1.8.0"];

/**
 * Fills an empty, migrated database up to `count` listings, each with its publisher, submission, artifact, version and
 * a month of downloads; then vacuums and analyses it. The checks and the review of a publish are not what is measured.
 */
export async function seedListings(databaseUrl: string, from: number, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await insertPublishers(client);
    const indexes = await dropIndexes(client);
    for (let first = from; first < count; first += BATCH) await insertBatch(client, first, Math.min(count, first + BATCH));
    await client.query("SET maintenance_work_mem = '256MB'");
    for (const definition of indexes) await client.query(definition);
    await client.query("VACUUM ANALYZE");
  } finally {
    await client.end();
  }
}

async function insertPublishers(client: pg.Client): Promise<void> {
  const slugs = Array.from({ length: PUBLISHERS }, (_, index) => `bench-publisher-${index}`);
  await client.query(
    `INSERT INTO "Publisher" ("id", "slug", "skeleton", "name") SELECT gen_random_uuid(), slug, skeleton, 'Publisher ' || slug FROM unnest($1::text[], $2::text[]) AS p(slug, skeleton) ON CONFLICT DO NOTHING`,
    [slugs, slugs.map(idSkeleton)],
  );
}

/** Building an index once is faster than growing it row by row. Unique ones stay: rows refer to them. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(`SELECT indexname AS name, indexdef AS definition FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'Listing' AND indexdef NOT LIKE '%UNIQUE%'`);
  for (const { name } of rows) await client.query(`DROP INDEX "${name}"`);
  return rows.map(({ definition }) => definition);
}

async function insertBatch(client: pg.Client, first: number, end: number): Promise<void> {
  const listings = Array.from({ length: end - first }, (_, place) => ({ ...generateListing(first + place), place: first + place, version: VERSIONS[place % VERSIONS.length] ?? "1.0.0", signature: `${SIGNATURE}` }));
  await client.query(INSERT_LISTINGS, [JSON.stringify(listings)]);
  const sortKeys = JSON.stringify(Object.fromEntries(VERSIONS.map((version) => [version, versionSortKey(version)])));
  await client.query(INSERT_VERSIONS, [listings.map(({ slug }) => slug), sortKeys, SIGNATURE]);
}

const INSERT_LISTINGS = `
  INSERT INTO "Listing" ("id", "slug", "skeleton", "kind", "type", "publisherId", "name", "summary", "readme", "license", "docs", "tags", "capabilities", "classes", "permissions",
    "signer", "requestedTrust", "effectiveTrust", "latestVersion", "createdAt", "updatedAt", "downloads30d")
  SELECT gen_random_uuid(), r."slug", r."skeleton", r."kind", r."type", p."id", r."name", r."summary", r."readme", r."license", '{}', r."tags", r."capabilities", r."classes", r."permissions",
    'publisher', r."trust", r."trust", r."version", now() - ((r."place" * 7907) % 31536000) * interval '1 second', now() - ((r."place" * 6997) % 7776000) * interval '1 second', r."downloads"
  FROM jsonb_to_recordset($1::jsonb) AS r("slug" text, "skeleton" text, "kind" text, "type" text, "publisher" int, "name" text, "summary" text, "readme" text, "license" text, "tags" text[],
    "capabilities" text[], "classes" text[], "permissions" text[], "trust" text, "version" text, "place" int, "downloads" int)
  JOIN "Publisher" p ON p."slug" = 'bench-publisher-' || r."publisher"`;

const INSERT_VERSIONS = `
  WITH added AS MATERIALIZED (SELECT l.*, encode(sha256(l."slug"::bytea), 'hex') AS sha256, gen_random_uuid() AS submission, gen_random_uuid() AS version FROM "Listing" l WHERE l."slug" = ANY($1)),
  artifacts AS (INSERT INTO "Artifact" ("sha256", "size", "mediaType", "key") SELECT sha256, 4096, 'application/zip', 'artifacts/sha256/' || substr(sha256, 1, 2) || '/' || substr(sha256, 3, 2) || '/' || sha256 FROM added),
  submissions AS (
    INSERT INTO "Submission" ("id", "listingSlug", "skeleton", "version", "channel", "kind", "name", "publisherId", "state", "artifactSha256", "fileName", "manifest", "manifestText", "files", "permissions", "permissionHash")
    SELECT submission, "slug", "skeleton", "latestVersion", 'stable', "kind", "name", "publisherId", 'published', sha256, "slug" || '.zip', '{}', 'id: ' || "slug", '[]', "permissions", sha256 FROM added),
  versions AS (
    INSERT INTO "Version" ("id", "listingId", "version", "sortKey", "channel", "manifest", "manifestText", "permissions", "permissionHash", "files", "artifactSha256", "fileName", "signature", "signer", "signerFingerprint", "submissionId")
    SELECT version, "id", "latestVersion", $2::jsonb ->> "latestVersion", 'stable', jsonb_build_object('id', "slug"), 'id: ' || "slug", "permissions", sha256, '[]', sha256, "slug" || '.zip', $3, 'publisher', repeat('ab', 20), submission FROM added)
  INSERT INTO "DownloadDay" ("versionId", "day", "count") SELECT version, (now() AT TIME ZONE 'utc')::date - day, 1 + "downloads30d" / 10 FROM added, generate_series(0, 2) AS day`;
