import type { Manifest } from "@kosmarket/kit";
import { Prisma, type Db } from "#lib/platform/index.ts";
import type { Checked } from "./check.ts";

export interface EarlierVersion {
  version: string;
  channel: string;
  manifest: Manifest;
  manifestText: string;
  permissions: string[];
  artifactSha256: string;
  /** Who submitted it. */
  publisherId: string;
}

/**
 * The published version that a submission is compared with: the highest of its channel, else the highest stable one,
 * else the highest there is. Null for a listing's first.
 */
export async function earlierVersion(db: Db, { listingSlug, channel }: Pick<Checked, "listingSlug" | "channel">): Promise<EarlierVersion | null> {
  const [row] = await db.$queryRaw<EarlierVersion[]>(Prisma.sql`
    SELECT v."version", v."channel", v."manifest", v."manifestText", v."permissions", v."artifactSha256", s."publisherId"
    FROM "Version" v JOIN "Listing" l ON l."id" = v."listingId" JOIN "Submission" s ON s."id" = v."submissionId"
    WHERE l."slug" = ${listingSlug}
    ORDER BY v."channel" = ${channel} DESC, v."channel" = 'stable' DESC, v."sortKey" DESC LIMIT 1`);
  return row ?? null;
}
