import type { Deps } from "#lib/runtime/index.ts";

interface Column {
  schema: string;
  table: string;
  column: string;
  type: string;
}

/** Every place of the database, the queue's tables included, whose text, JSON or bytes hold one of these words, with how many rows do. */
export async function searchDatabase(deps: Pick<Deps, "db">, words: readonly string[]): Promise<{ place: string; rows: number }[]> {
  const columns = await deps.db.$queryRaw<Column[]>`
    SELECT c.table_schema AS schema, c.table_name AS table, c.column_name AS column, c.data_type AS type FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
    WHERE c.table_schema NOT IN ('pg_catalog', 'information_schema') AND (c.data_type IN ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea', 'ARRAY') OR c.udt_name IN ('citext', 'tsvector'))`;
  const found: { place: string; rows: number }[] = [];
  for (const { schema, table, column, type } of columns) {
    // Written so, bytes that are letters are those letters.
    const expression = type === "bytea" ? `encode("${column}", 'escape')` : `"${column}"::text`;
    for (const word of words) {
      const rows = await deps.db.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${schema}"."${table}" WHERE strpos(lower(${expression}), lower($1)) > 0`, word);
      if ((rows[0]?.n ?? 0) > 0) found.push({ place: `${schema}.${table}.${column}`, rows: rows[0]?.n ?? 0 });
    }
  }
  return found;
}

/** Rows by table that hold an account's id in one of their columns. */
export async function rowsOfAccount(deps: Pick<Deps, "db">, userId: string): Promise<Record<string, number>> {
  const columns = await deps.db.$queryRaw<Pick<Column, "table" | "column">[]>`SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'uuid'`;
  const counts: Record<string, number> = {};
  for (const { table, column } of columns) {
    const rows = await deps.db.$queryRawUnsafe<{ n: number }[]>(`SELECT count(*)::int AS n FROM "${table}" WHERE "${column}" = $1::uuid`, userId);
    if ((rows[0]?.n ?? 0) > 0) counts[`${table}.${column}`] = rows[0]?.n ?? 0;
  }
  return counts;
}
