import pg from "pg";

/** Text forms that a row may take depend on these; both ends of a copy must agree on them. */
const SETTINGS = [
  "SET client_encoding = 'UTF8'",
  "SET DateStyle = 'ISO, MDY'",
  "SET IntervalStyle = 'postgres'",
  "SET TimeZone = 'UTC'",
  "SET bytea_output = 'hex'",
  "SET extra_float_digits = 1",
  "SET statement_timeout = 0",
  "SET idle_in_transaction_session_timeout = 0",
].join("; ");

/** A connection of its own on which rows are written the same way by every version of Postgres, without time limits. */
export async function openSession(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: "kos-copy", keepAlive: true });
  // A server that goes away is reported by the query under way; without a listener it would end the process.
  client.on("error", () => undefined);
  await client.connect();
  await client.query(SETTINGS);
  return client;
}
