import { Prisma, type Db, type Tx } from "#lib/platform/index.ts";
import semver from "semver";

/** OSV's ecosystem of the listings of this registry. */
export const OWN_ECOSYSTEM = "kOS";

export interface AffectedPackage {
  ecosystem: string;
  name: string;
  advisory: string;
  summary: string;
  severity: string | null;
  url: string | null;
  /** semver range, null where versions are only listed */
  range: string | null;
  versions: string[];
  fixed: string[];
}

/** Advisories in force on any of the packages, by ecosystem and name. */
export async function findAdvisories(db: Db | Tx, packages: readonly { ecosystem: string; name: string }[]): Promise<AffectedPackage[]> {
  if (packages.length === 0) return [];
  const pairs = Prisma.join(packages.map(({ ecosystem, name }) => Prisma.sql`(${ecosystem}, ${name})`));
  return await db.$queryRaw<AffectedPackage[]>(Prisma.sql`
    SELECT p."ecosystem" AS ecosystem, p."name" AS name, a."id" AS advisory, a."summary" AS summary, a."severity" AS severity, a."url" AS url, p."range" AS range, p."versions" AS versions, p."fixed" AS fixed
    FROM "AdvisoryPackage" p JOIN "Advisory" a ON a."id" = p."advisoryId"
    WHERE a."withdrawnAt" IS NULL AND (p."ecosystem", p."name") IN (${pairs}) ORDER BY a."id" LIMIT 500`);
}

/** Whether a version is one of those that an advisory is about. */
export function isAffected(affected: Pick<AffectedPackage, "range" | "versions">, version: string): boolean {
  if (affected.versions.includes(version)) return true;
  return affected.range !== null && semver.satisfies(version, affected.range, { includePrerelease: true });
}

/** How much of what a range allows is affected. A list of versions alone never covers a range. */
export function overlap(affected: Pick<AffectedPackage, "range" | "versions">, range: string): "none" | "some" | "all" {
  const options = { includePrerelease: true };
  const whole = affected.range !== null && semver.subset(range, affected.range, options);
  if (whole || affected.versions.some((version) => range === version || range === `=${version}`)) return "all";
  const touches = (affected.range !== null && semver.intersects(range, affected.range, options)) || affected.versions.some((version) => semver.satisfies(version, range));
  return touches ? "some" : "none";
}
