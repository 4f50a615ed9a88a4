import type { Deps } from "#lib/runtime/index.ts";

const TABLES = ["Submission", "Artifact", "AuditEvent", "Mail", "CheckResult", "Version", "Listing", "Decision", "RateLimit", "Upload"] as const;

/** How many rows, jobs and stored objects there are: what a refused request must leave as it was. */
export async function countTraces(deps: Pick<Deps, "db" | "store">): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const rows = await deps.db.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${table}"`);
    counts[table] = rows[0]?.n ?? -1;
  }
  // The queue's own upkeep puts jobs into queues whose names begin with two underscores.
  const jobs = await deps.db.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM pgboss.job WHERE name NOT LIKE '\\_\\_%'`);
  counts["pgboss.job"] = jobs[0]?.n ?? -1;
  counts["objects"] = 0;
  for (const prefix of ["artifacts/", "icons/", "staging/"]) for await (const _object of deps.store.list(prefix)) counts["objects"]++;
  return counts;
}
