import type { PgBoss } from "pg-boss";
import { isId } from "#lib/platform/index.ts";

/** A job that used up its attempts: it waits for a person. */
export interface FailedJob {
  id: string;
  name: string;
  payload: unknown;
  attempts: number;
  createdAt: Date;
  failedAt: Date | null;
  /** What the last attempt died of, in one line. */
  reason: string;
}

interface Row {
  id: string;
  name: string;
  data: unknown;
  output: { message?: string; value?: { message?: string } } | null;
  retry_count: number;
  created_on: Date;
  completed_on: Date | null;
}

const MOST = 200;

/** Jobs that gave up, newest first; a fortnight old at most. */
export async function readFailedJobs(boss: PgBoss): Promise<FailedJob[]> {
  const { rows } = (await boss.getDb().executeSql(
    `SELECT id, name, data, output, retry_count, created_on, completed_on FROM pgboss.job WHERE state = 'failed' AND name NOT LIKE '\\_\\_%' ORDER BY completed_on DESC NULLS LAST LIMIT ${MOST}`,
    [],
  )) as { rows: Row[] };
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    payload: row.data,
    attempts: row.retry_count + 1,
    createdAt: row.created_on,
    failedAt: row.completed_on,
    reason: (row.output?.message ?? row.output?.value?.message ?? "no reason was recorded").split("\n")[0] ?? "",
  }));
}

/** Gives a failed job one more attempt, at once. False where no failed job has that id. */
export async function retryFailedJob(boss: PgBoss, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  const { rows } = (await boss.getDb().executeSql("SELECT name FROM pgboss.job WHERE id = $1 AND state = 'failed'", [id])) as { rows: { name: string }[] };
  const name = rows[0]?.name;
  if (name === undefined) return false;
  await boss.retry(name, id);
  return true;
}
