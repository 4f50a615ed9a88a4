import type pg from "pg";
import { quote, SCHEMAS } from "./read-catalogue.ts";
import { Refusal } from "./refusal.ts";

interface ForeignKey {
  name: string;
  child: { schema: string; name: string; columns: string[] };
  parent: { schema: string; name: string; columns: string[] };
}

const SIDE = (table: string, columns: string) => `json_build_object('schema', (SELECT nspname FROM pg_namespace WHERE oid = ${table}.relnamespace), 'name', ${table}.relname,
  'columns', (SELECT json_agg(a.attname ORDER BY u.place) FROM unnest(k.${columns}) WITH ORDINALITY AS u(attnum, place) JOIN pg_attribute a ON a.attrelid = ${table}.oid AND a.attnum = u.attnum))`;

/**
 * Looks for rows that refer to nothing. COPY with triggers off lets them in, since foreign keys are triggers; all other
 * constraints hold as ever. Returns how many keys hold.
 *
 * @throws Refusal that names the key and a row
 */
export async function checkForeignKeys(client: pg.Client): Promise<number> {
  const { rows: keys } = await client.query<ForeignKey>(
    `SELECT k.conname AS name, ${SIDE("c", "conkey")} AS child, ${SIDE("p", "confkey")} AS parent
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype = 'f' AND k.conparentid = 0 AND n.nspname = ANY($1) ORDER BY k.conname`,
    [SCHEMAS],
  );
  for (const { name, child, parent } of keys) {
    const refers = child.columns.map((column) => `c.${quote(column)} IS NOT NULL`).join(" AND ");
    const found = child.columns.map((column, place) => `p.${quote(parent.columns[place] ?? "")} = c.${quote(column)}`).join(" AND ");
    const { rows } = await client.query<{ orphan: string }>(
      `SELECT c::text AS orphan FROM ${quote(child.schema)}.${quote(child.name)} c WHERE ${refers} AND NOT EXISTS (SELECT 1 FROM ${quote(parent.schema)}.${quote(parent.name)} p WHERE ${found}) LIMIT 1`,
    );
    if (rows[0] !== undefined) throw new Refusal(`The foreign key ${name} does not hold: ${child.name} has a row that refers to nothing in ${parent.name}: ${rows[0].orphan.slice(0, 200)}`);
  }
  return keys.length;
}
