import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { downloadUrl } from "#lib/catalog/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { ObjectStore } from "#lib/storage/index.ts";
import { feedKey, type Encoding } from "./feed-key.ts";

/** Channel on which a new snapshot's number is announced. */
export const FEED_CHANNEL = "kos_feed";
const BUILD_LOCK = 7_310_001;
/** Above this the slowest brotli takes seconds, and a lower quality loses little. */
const BROTLI_BEST_BELOW = 2_000_000;

/**
 * Builds the next feed snapshot, one builder at a time: canonical bytes and their compressed forms go to the object
 * store under the next number, then the row that points at them, then the announcement. An unchanged feed keeps its
 * number.
 */
export async function buildSnapshot(deps: Deps): Promise<{ seq: bigint; changed: boolean }> {
  return await deps.db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${BUILD_LOCK}::bigint)`;
      const { text, entries } = await feedText(tx, deps.config.publicUrl);
      const bytes = Buffer.from(text, "utf8");
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const last = await tx.feedSnapshot.findFirst({ orderBy: { seq: "desc" } });
      if (last !== null && last.sha256 === sha256) return { seq: last.seq, changed: false };
      const seq = (last?.seq ?? 0n) + 1n;
      await storeVariants(deps.store, seq, bytes);
      await tx.feedSnapshot.create({ data: { seq, sha256, entries, size: bytes.length, builtAt: deps.now() } });
      await tx.$executeRaw`SELECT pg_notify(${FEED_CHANNEL}, ${String(seq)})`;
      return { seq, changed: true };
    },
    { timeout: 60_000 },
  );
}

interface FeedRow {
  slug: string;
  version: string;
  sha256: string;
  signature: string;
}

/** The feed's canonical bytes: ids in byte order, exactly the four keys of an entry in the documented order. */
async function feedText(tx: Tx, publicUrl: string): Promise<{ text: string; entries: number }> {
  const rows = await tx.$queryRaw<FeedRow[]>`
    SELECT l."slug" AS slug, v."version" AS version, v."artifactSha256" AS sha256, v."signature" AS signature
    FROM "Listing" l JOIN "Version" v ON v."listingId" = l."id" AND v."version" = l."latestVersion"
    JOIN "Publisher" p ON p."id" = l."publisherId"
    WHERE l."moderation" = 'none' AND p."suspendedAt" IS NULL ORDER BY l."slug" COLLATE "C"`;
  const feed = Object.fromEntries(
    rows.map((row) => [row.slug, { latest: row.version, url: downloadUrl(publicUrl, row.slug, row.version), checksum: `sha256:${row.sha256}`, signature: row.signature }]),
  );
  return { text: `${JSON.stringify(feed, null, 1)}\n`, entries: rows.length };
}

async function storeVariants(store: ObjectStore, seq: bigint, bytes: Buffer): Promise<void> {
  for (const [encoding, body] of Object.entries(compress(bytes)) as [Encoding, Buffer][]) {
    const sha256 = createHash("sha256").update(body).digest("hex");
    await store.put(feedKey(seq, encoding), body, { sha256, contentType: "application/json", cacheControl: "public, max-age=31536000, immutable" });
  }
}

function compress(bytes: Buffer): Record<Encoding, Buffer> {
  const quality = bytes.length < BROTLI_BEST_BELOW ? 11 : 6;
  return {
    identity: bytes,
    gzip: gzipSync(bytes, { level: 9 }),
    br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  };
}
