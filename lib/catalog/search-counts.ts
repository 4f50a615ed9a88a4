import { Prisma, type Db } from "#lib/platform/index.ts";
import type { SearchResultView } from "./schema.ts";
import { source, type Matches } from "./search-estimate.ts";

/** Up to so many listings are counted one by one; of more, this many are looked at and stand for the rest. */
export const COUNTED = 1_000;

export type FacetName = keyof SearchResultView["facets"];
export interface Counted {
  total: number;
  /** False where the numbers are extrapolated from a sample. */
  exact: boolean;
  facets: { facet: FacetName; value: string; count: number }[];
}

interface Row {
  facet: FacetName | "total";
  value: string;
  count: number;
}

/**
 * Counts the matching listings, and with `facets` those of each value. The first COUNTED in the order of a hash of the id
 * are a fair sample, and how far into the hash's range they reach tells how many there are (the k minimum values
 * estimator: Bar-Yossef et al., Counting distinct elements in a data stream, 2002); its standard error is 1/√COUNTED,
 * three per cent. So the work is bounded however many match.
 */
export async function countMatches(db: Db, matches: Matches, facets: boolean): Promise<Counted> {
  const columns = facets ? Prisma.sql`, l."kind", l."type", l."effectiveTrust", l."license", l."capabilities", l."classes", l."permissions"` : Prisma.empty;
  const rows = await db.$queryRaw<Row[]>`
    WITH found AS MATERIALIZED (
      SELECT hashtextextended(l."slug", 0) AS place ${columns} FROM ${source(matches)} ORDER BY 1 LIMIT ${COUNTED + 1}),
    sample AS (SELECT * FROM found LIMIT ${COUNTED})
    SELECT 'total' AS facet, max(place)::text AS value, count(*)::int AS count FROM found ${facets ? FACETS : Prisma.empty}`;
  const found = rows.find((row) => row.facet === "total") ?? { value: "0", count: 0 };
  const counted = rows.filter((row): row is Counted["facets"][number] => row.facet !== "total");
  if (found.count <= COUNTED) return { total: found.count, exact: true, facets: counted };
  const total = COUNTED / shareOfRange(BigInt(found.value));
  return { total: twoDigits(total), exact: false, facets: counted.map((row) => ({ ...row, count: twoDigits((row.count * total) / COUNTED) })) };
}

const FACETS = Prisma.sql`
  UNION ALL SELECT 'kind', "kind", count(*)::int FROM sample GROUP BY 2
  UNION ALL SELECT 'type', "type", count(*)::int FROM sample GROUP BY 2
  UNION ALL SELECT 'trust', "effectiveTrust", count(*)::int FROM sample GROUP BY 2
  UNION ALL SELECT 'license', "license", count(*)::int FROM sample WHERE "license" IS NOT NULL GROUP BY 2
  UNION ALL SELECT 'capability', unnest("capabilities"), count(*)::int FROM sample GROUP BY 2
  UNION ALL SELECT 'class', unnest("classes"), count(*)::int FROM sample GROUP BY 2
  UNION ALL SELECT 'without', unnest("permissions"), count(*)::int FROM sample GROUP BY 2`;

/** How much of the range of a signed 64-bit hash lies at or below `place`, above 0 and up to 1. */
function shareOfRange(place: bigint): number {
  return (Number(place) + 2 ** 63 + 1) / 2 ** 64;
}

/** More digits would claim more than a sample knows. */
function twoDigits(count: number): number {
  return Number(count.toPrecision(2));
}
