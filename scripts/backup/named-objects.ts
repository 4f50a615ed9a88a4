import type pg from "pg";
import { artifactKey, iconKey } from "#lib/storage/index.ts";
import type { Manifest } from "./manifest.ts";

/** Key → what its bytes must hash to; null where no row says. */
export type NamedObjects = Map<string, string | null>;

const FEED_FORMS = ["", ".gz", ".br"];

/**
 * The objects that rows name and that must therefore be in the store. A draft's bytes may still be on their way, and an
 * expired draft's never came.
 */
export async function readNamedObjects(client: pg.Client): Promise<{ named: NamedObjects; feed: Manifest["feed"] }> {
  const named: NamedObjects = new Map();
  if (!(await hasRegistryTables(client))) return { named, feed: null };
  const artifacts = await client.query<{ sha256: string }>(
    `SELECT "artifactSha256" AS sha256 FROM "Version" UNION SELECT "artifactSha256" FROM "Submission" WHERE "state" NOT IN ('draft', 'expired')`,
  );
  for (const { sha256 } of artifacts.rows) named.set(artifactKey(sha256), sha256);
  const icons = await client.query<{ sha256: string }>(`SELECT DISTINCT "iconSha256" AS sha256 FROM "Listing" WHERE "iconSha256" IS NOT NULL`);
  for (const { sha256 } of icons.rows) named.set(iconKey(sha256), sha256);
  const feeds = await client.query<{ seq: string; sha256: string }>(`SELECT snapshot."seq"::text AS seq, "sha256" FROM "FeedSnapshot" snapshot ORDER BY snapshot."seq"`);
  for (const { seq, sha256 } of feeds.rows) for (const form of FEED_FORMS) named.set(`feed/${seq}.json${form}`, form === "" ? sha256 : null);
  return { named, feed: feeds.rows.at(-1) ?? null };
}

async function hasRegistryTables(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('public."FeedSnapshot"') IS NOT NULL AS there`);
  return rows[0]?.there === true;
}
