import type { Db } from "#lib/platform/index.ts";
import { VISIBLE } from "./search-conditions.ts";

/** Ids of what anyone may see, most recently changed first: what the sitemap names. */
export async function listVisible(deps: { db: Db }, most: number): Promise<{ slug: string; updatedAt: Date }[]> {
  return await deps.db.$queryRaw<{ slug: string; updatedAt: Date }[]>`SELECT l."slug" AS slug, l."updatedAt" AS "updatedAt" FROM "Listing" l WHERE ${VISIBLE} ORDER BY l."updatedAt" DESC LIMIT ${most}`;
}
