import { Prisma } from "#lib/platform/index.ts";
import type { ListingQueryInput } from "./schema.ts";

/**
 * Only what anyone may see in lists: not hidden, not taken down, with something to install, its publisher not
 * suspended. The first line stands word for word in the indexes that lists are read by.
 */
export const VISIBLE = Prisma.sql`l."hiddenAt" IS NULL AND l."moderation" = 'none' AND l."latestVersion" IS NOT NULL
  AND l."publisherId" <> ALL(ARRAY(SELECT s."id" FROM "Publisher" s WHERE s."suspendedAt" IS NOT NULL))`;

/** What a query's choices ask of `"Listing" l`, words aside: each facet narrows. */
export function chosenConditions(query: ListingQueryInput): Prisma.Sql {
  const parts: Prisma.Sql[] = [VISIBLE];
  if (query.kind.length > 0) parts.push(Prisma.sql`l."kind" = ANY(${query.kind})`);
  if (query.type.length > 0) parts.push(Prisma.sql`l."type" = ANY(${query.type})`);
  if (query.capability.length > 0) parts.push(Prisma.sql`l."capabilities" @> ${query.capability}`);
  if (query.class.length > 0) parts.push(Prisma.sql`l."classes" && ${query.class}`);
  if (query.trust.length > 0) parts.push(Prisma.sql`l."effectiveTrust" = ANY(${query.trust})`);
  if (query.permission.length > 0) parts.push(Prisma.sql`l."permissions" @> ${query.permission}`);
  if (query.without.length > 0) parts.push(Prisma.sql`NOT l."permissions" && ${query.without}`);
  if (query.license.length > 0) parts.push(Prisma.sql`l."license" = ANY(${query.license})`);
  if (query.publisher.length > 0) parts.push(Prisma.sql`l."publisherId" = ANY(ARRAY(SELECT p."id" FROM "Publisher" p WHERE p."slug" = ANY(${query.publisher})))`);
  return Prisma.join(parts, " AND ");
}

/** The query without characters that no name or text holds; empty where no letter or digit is left to look for. */
export function searchWords(q: string): string {
  const words = q.replace(/[^\p{L}\p{N}\s._@/+#-]/gu, " ").replace(/\s+/g, " ").trim();
  return /[\p{L}\p{N}]/u.test(words) ? words : "";
}

const tsquery = (words: string) => Prisma.sql`(websearch_to_tsquery('english', ${words}) || to_tsquery('simple', ${prefixQuery(words)}))`;

/** Every word as a prefix, so that results appear while the last word is still being typed. */
function prefixQuery(words: string): string {
  return words.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "").map((word) => `${word}:*`).join(" & ");
}

/** True for what holds the words by stem or by beginning, and for what is named so. */
export function isWritten(words: string): Prisma.Sql {
  return Prisma.sql`(${hasWords(words)} OR ${isNamed(words)})`;
}

export function hasWords(words: string): Prisma.Sql {
  return Prisma.sql`l."words" @@ ${tsquery(words)}`;
}

/** True for the listing whose id or name is exactly this. */
export function isNamed(words: string): Prisma.Sql {
  return Prisma.sql`(l."slug" = ${words.toLowerCase()} OR lower(l."name") = ${words.toLowerCase()})`;
}

/** Relevance from 0 up, rounded so that a cursor can repeat it: the exact id first, then words by weight, then spelling. */
export function relevance(words: string): Prisma.Sql {
  return Prisma.sql`round((
    CASE WHEN ${isNamed(words)} THEN 10 ELSE 0 END
    + ${capabilityBonus(words)}
    + ts_rank_cd(l."words", ${tsquery(words)}, 1) * 4
    + greatest(similarity(l."slug", ${words.toLowerCase()}), similarity(l."name", ${words})))::numeric, 6)`;
}

/** A query that names a capability wants what does that one thing before what does it among others. */
function capabilityBonus(words: string): Prisma.Sql {
  const capability = words.toLowerCase().replace(/[\s-]+/g, "_");
  return Prisma.sql`CASE WHEN ${capability} = ANY(l."capabilities") THEN 2 + 4.0 / cardinality(l."capabilities") ELSE 0 END`;
}
