import { TAXONOMY } from "@kosmarket/kit";
import { Prisma, type Db } from "#lib/platform/index.ts";
import { listingSummaries } from "./listing-summaries.ts";
import type { ListingSummaryView } from "./schema.ts";
import { VISIBLE } from "./search-conditions.ts";

export interface HomeView {
  types: { type: ListingSummaryView["type"]; label: string; meaning: string; count: number }[];
  newest: ListingSummaryView[];
  updated: ListingSummaryView[];
  total: { services: number; plugins: number };
  review: { waiting: number; oldestSeconds: number | null };
}

const SHOWN = 6;

/** What the home page shows: true counts, what is new, what changed, what waits for reviewers. */
export async function readHome(deps: { db: Db }): Promise<HomeView> {
  const { db } = deps;
  const [counts, newest, queue] = await Promise.all([
    db.$queryRaw<{ type: string; kind: string; count: number }[]>`SELECT l."type", l."kind", count(*)::int AS count FROM "Listing" l WHERE ${VISIBLE} GROUP BY 1, 2`,
    newestSlugs(db),
    db.submission.aggregate({ where: { state: { in: ["in_review", "voting", "held"] } }, _count: true, _min: { queuedAt: true } }),
  ]);
  const sum = (wanted: (row: { type: string; kind: string }) => boolean) => counts.filter(wanted).reduce((total, row) => total + row.count, 0);
  const oldest = queue._min.queuedAt;
  return {
    types: TAXONOMY.types.map((type) => ({ type: type.id, label: type.label, meaning: type.meaning, count: sum((row) => row.type === type.id) })),
    newest: await listingSummaries(db, newest),
    updated: await listingSummaries(db, await updatedSlugs(db, newest)),
    total: { services: sum((row) => row.kind === "service"), plugins: sum((row) => row.kind === "plugin") },
    review: { waiting: queue._count, oldestSeconds: oldest === null ? null : Math.max(0, Math.floor((Date.now() - oldest.getTime()) / 1000)) },
  };
}

/** The newest of each kind in equal parts, filled up with whatever is newest; newest first. */
async function newestSlugs(db: Db): Promise<string[]> {
  const newest = (kind: string) => Prisma.sql`(SELECT l."slug" AS slug, l."createdAt" AS at, l."kind" AS kind FROM "Listing" l WHERE ${VISIBLE} AND l."kind" = ${kind} ORDER BY l."createdAt" DESC, l."slug" LIMIT ${SHOWN})`;
  const rows = await db.$queryRaw<{ slug: string }[]>`
    SELECT chosen.slug FROM (
      SELECT ranked.* FROM (
        SELECT found.slug, found.at, row_number() OVER (PARTITION BY found.kind ORDER BY found.at DESC, found.slug) AS place
        FROM (${newest("service")} UNION ALL ${newest("plugin")}) found) ranked
      ORDER BY ranked.place > ${SHOWN / 2}::int, ranked.at DESC, ranked.slug LIMIT ${SHOWN}) chosen
    ORDER BY chosen.at DESC, chosen.slug`;
  return rows.map((row) => row.slug);
}

/** The last updated ones that are not among the newest, which stand beside them. */
async function updatedSlugs(db: Db, newest: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ slug: string }[]>`
    SELECT l."slug" AS slug FROM "Listing" l WHERE ${VISIBLE} AND NOT l."slug" = ANY(${newest}::text[])
    ORDER BY l."updatedAt" DESC, l."slug" LIMIT ${SHOWN}`;
  return rows.map((row) => row.slug);
}
