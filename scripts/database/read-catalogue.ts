import type pg from "pg";

/** A table whose rows are copied: columns that hold data, and an order of rows that every server agrees on. */
export interface Table {
  /** `public` or `pgboss`. */
  schema: string;
  name: string;
  columns: string[];
  /** SQL after ORDER BY. */
  order: string;
}

export interface Partition {
  schema: string;
  name: string;
  parent: string;
  /** As Postgres prints it: `DEFAULT`, or `FOR VALUES …`. */
  bound: string;
}

export interface Sequence {
  schema: string;
  name: string;
  /** Text: it may not fit a number. */
  last: string;
  called: boolean;
}

/** The schemas that make an instance: its own, and the queue's. */
export const SCHEMAS = ["public", "pgboss"];

interface TableRow {
  schema: string;
  name: string;
  columns: string[];
  key: { name: string; text: boolean }[] | null;
}

/**
 * Every table there is, read from the server's own catalogue so that none can be forgotten. Of a partitioned table only
 * the whole counts; generated columns are left out, since the server makes them again. Tables of extensions are theirs.
 */
export async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<TableRow>(
    `SELECT n.nspname AS schema, c.relname AS name,
       (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       (SELECT json_agg(json_build_object('name', a.attname, 'text', a.attcollation <> 0) ORDER BY k.place)
          FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, place) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
          WHERE i.indrelid = c.oid AND i.indisprimary) AS key
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"`,
    [SCHEMAS],
  );
  return rows.map(({ schema, name, columns, key }) => ({ schema, name, columns, order: orderOf(key) }));
}

/** By the primary key, or by the whole row where there is none; bytes decide, not the server's language. */
function orderOf(key: TableRow["key"]): string {
  if (key === null) return `t::text COLLATE "C"`;
  return key.map(({ name, text }) => (text ? `${quote(name)} COLLATE "C"` : quote(name))).join(", ");
}

/** Partitions that exist, parents first. */
export async function readPartitions(client: pg.Client): Promise<Partition[]> {
  const { rows } = await client.query<Partition>(
    `SELECT n.nspname AS schema, c.relname AS name, p.relname AS parent, pg_get_expr(c.relpartbound, c.oid) AS bound
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_inherits i ON i.inhrelid = c.oid JOIN pg_class p ON p.oid = i.inhparent
     WHERE n.nspname = ANY($1) AND c.relispartition AND c.relkind IN ('r', 'p') ORDER BY c.oid`,
    [SCHEMAS],
  );
  return rows;
}

/** Where each sequence stands. Sequences stand outside of transactions: read after the rows, they are never behind them. */
export async function readSequences(client: pg.Client): Promise<Sequence[]> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = ANY($1) AND c.relkind = 'S' ORDER BY 1, 2`,
    [SCHEMAS],
  );
  const found: Sequence[] = [];
  for (const { schema, name } of rows) {
    const state = await client.query<{ last: string; called: boolean }>(`SELECT last_value::text AS last, is_called AS called FROM ${quote(schema)}.${quote(name)}`);
    found.push({ schema, name, last: state.rows[0]?.last ?? "1", called: state.rows[0]?.called ?? false });
  }
  return found;
}

/** Names of the migrations that took effect, in order; none where there is no such table. */
export async function readMigrations(client: pg.Client): Promise<string[]> {
  const { rows: present } = await client.query<{ there: boolean }>(`SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there`);
  if (present[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(`SELECT migration_name AS name FROM public._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name COLLATE "C"`);
  return rows.map(({ name }) => name);
}

/** The version of the queue's own tables; null where there are none. */
export async function readQueueVersion(client: pg.Client): Promise<number | null> {
  const { rows: present } = await client.query<{ there: boolean }>(`SELECT to_regclass('pgboss.version') IS NOT NULL AS there`);
  if (present[0]?.there !== true) return null;
  const { rows } = await client.query<{ version: number }>(`SELECT version::int AS version FROM pgboss.version`);
  return rows[0]?.version ?? null;
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** As messages and file names call a table: `Version`, and `pgboss.job` for those of the queue. */
export function tableLabel(table: { schema: string; name: string }): string {
  return table.schema === "public" ? table.name : `${table.schema}.${table.name}`;
}
