import { fromPrisma, type PgBoss } from "pg-boss";
import { isId, type Tx } from "#lib/platform/index.ts";

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
const LONGEST_REASON = 300;
const COLUMNS = "id, name, data, output, retry_count, created_on, completed_on";

/** Jobs that gave up, newest first; a fortnight old at most. */
export async function readFailedJobs(boss: PgBoss): Promise<FailedJob[]> {
  const { rows } = (await boss.getDb().executeSql(`SELECT ${COLUMNS} FROM pgboss.job WHERE state = 'failed' AND name NOT LIKE '\\_\\_%' ORDER BY completed_on DESC NULLS LAST LIMIT ${MOST}`, [])) as { rows: Row[] };
  return rows.map(toFailedJob);
}

/** Gives a failed job one more attempt, in the caller's transaction, and returns it as it was; null where no failed job has that id. */
export async function retryFailedJob(boss: PgBoss, tx: Tx, id: string): Promise<FailedJob | null> {
  if (!isId(id)) return null;
  const { rows } = (await boss.getDb().executeSql(`SELECT ${COLUMNS} FROM pgboss.job WHERE id = $1 AND state = 'failed'`, [id])) as { rows: Row[] };
  if (rows[0] === undefined) return null;
  await boss.retry(rows[0].name, id, { db: fromPrisma(tx) });
  return toFailedJob(rows[0]);
}

function toFailedJob(row: Row): FailedJob {
  const reason = row.output?.message ?? row.output?.value?.message ?? "no reason was recorded";
  return { id: row.id, name: row.name, payload: row.data, attempts: row.retry_count + 1, createdAt: row.created_on, failedAt: row.completed_on, reason: reason.replace(/\s+/g, " ").trim().slice(0, LONGEST_REASON) };
}
