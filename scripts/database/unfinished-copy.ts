import type pg from "pg";

/** A schema that marks a database which holds nothing but an unfinished copy: the next attempt may clear it. */
export const UNFINISHED_COPY = "kos_unfinished_copy";

/** True where a restore or an upgrade began to fill this database and did not end. */
export async function isUnfinishedCopy(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regnamespace($1) IS NOT NULL AS there", [UNFINISHED_COPY]);
  return rows[0]?.there === true;
}
