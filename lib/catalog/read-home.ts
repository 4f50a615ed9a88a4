import { TAXONOMY } from "@kosmarket/kit";
import type { Db } from "#lib/platform/index.ts";
import { Prisma } from "#lib/platform/index.ts";
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
  const [counts, newest, updated, queue] = await Promise.all([
    db.$queryRaw<{ type: string; kind: string; count: number }[]>`SELECT l."type", l."kind", count(*)::int AS count FROM "Listing" l WHERE ${VISIBLE} GROUP BY 1, 2`,
    slugsBy(db, Prisma.sql`l."createdAt" DESC`),
    slugsBy(db, Prisma.sql`l."updatedAt" DESC`),
    db.submission.aggregate({ where: { state: { in: ["in_review", "voting", "held"] } }, _count: true, _min: { queuedAt: true } }),
  ]);
  const sum = (wanted: (row: { type: string; kind: string }) => boolean) => counts.filter(wanted).reduce((total, row) => total + row.count, 0);
  const oldest = queue._min.queuedAt;
  return {
    types: TAXONOMY.types.map((type) => ({ type: type.id, label: type.label, meaning: type.meaning, count: sum((row) => row.type === type.id) })),
    newest: await listingSummaries(db, newest),
    updated: await listingSummaries(db, updated),
    total: { services: sum((row) => row.kind === "service"), plugins: sum((row) => row.kind === "plugin") },
    review: { waiting: queue._count, oldestSeconds: oldest === null ? null : Math.max(0, Math.floor((Date.now() - oldest.getTime()) / 1000)) },
  };
}

async function slugsBy(db: Db, order: Prisma.Sql): Promise<string[]> {
  const rows = await db.$queryRaw<{ slug: string }[]>`SELECT l."slug" AS slug FROM "Listing" l WHERE ${VISIBLE} ORDER BY ${order}, l."slug" LIMIT ${SHOWN}`;
  return rows.map((row) => row.slug);
}
