import pg from "pg";
import { listListings } from "#lib/catalog/index.ts";
import { ListingQuery } from "#lib/catalog/schema.ts";
import { connectDatabase } from "#lib/platform/index.ts";
import { percentile } from "./measure-requests.ts";

interface Statement {
  text: string;
  values: unknown[];
}

/** The statements that the list makes of a query, in their order: seen where they leave for the database. */
export async function recordStatements(databaseUrl: string, search: string): Promise<Statement[]> {
  const db = connectDatabase(databaseUrl, 1);
  const statements: Statement[] = [];
  const original = Reflect.get(pg.Client.prototype, "query") as (...input: unknown[]) => unknown;
  Reflect.set(pg.Client.prototype, "query", function (this: pg.Client, ...input: unknown[]) {
    const [config, values] = input as [{ text?: string; values?: unknown[] } | string, unknown[] | undefined];
    const text = typeof config === "string" ? config : (config.text ?? "");
    if (/^\s*(SELECT|WITH)/i.test(text)) statements.push({ text, values: values ?? (typeof config === "string" ? [] : (config.values ?? [])) });
    return original.apply(this, input);
  });
  try {
    await listListings({ db }, ListingQuery.parse(Object.fromEntries(new URLSearchParams(search))));
  } finally {
    Reflect.set(pg.Client.prototype, "query", original);
    await db.$disconnect();
  }
  return statements;
}

/** Median milliseconds of the same statements one after another over one plain connection: what the database alone costs. */
export async function replayStatements(databaseUrl: string, statements: Statement[], times: number): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const taken: number[] = [];
    for (let round = 0; round < times; round++) {
      const began = performance.now();
      for (const { text, values } of statements) await client.query({ text, values, rowMode: "array" });
      taken.push(performance.now() - began);
    }
    return percentile(taken, 0.5);
  } finally {
    await client.end();
  }
}

/** The plans of the statements as they run, for a person to read. */
export async function explainStatements(databaseUrl: string, statements: Statement[]): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const plans: string[] = [];
    for (const { text, values } of statements) {
      const { rows } = await client.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values);
      plans.push(`${text}\n\n${rows.map((row) => row["QUERY PLAN"]).join("\n")}`);
    }
    return plans.join("\n\n");
  } finally {
    await client.end();
  }
}
