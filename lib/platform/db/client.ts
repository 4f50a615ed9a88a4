import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";
import { processWide } from "../process-wide.ts";
import { PrismaClient, type Prisma } from "./generated/client.ts";

export type Db = PrismaClient;
/** What runs inside a transaction: the client without the calls that open or close one. */
export type Tx = Prisma.TransactionClient;
export { Prisma } from "./generated/client.ts";

/** A client with its own pool of `connections` to the database at `url`; a query that takes longer than `seconds` fails as unreachable. */
export function connectDatabase(url: string, connections = 20, seconds = 20): Db {
  const adapter = new CountedAdapter({ connectionString: url, max: connections, connectionTimeoutMillis: 3_000, query_timeout: seconds * 1000, keepAlive: true });
  return new PrismaClient({ adapter });
}

const pools = (): Set<Pool> => processWide("database-pools", () => new Set<Pool>());

/** Remembers the pool that it opens, so that metrics can tell how much of it is lent out. */
class CountedAdapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    pools().add(adapter.underlyingDriver());
    return adapter;
  }
}

/** The pools of this process that are open. */
export function databasePools(): Pool[] {
  for (const pool of pools()) if (pool.ended) pools().delete(pool);
  return [...pools()];
}

/** True where the error says that a unique constraint refused the row; `on` narrows to one naming that text. */
export function isUniqueViolation(error: unknown, on?: string): boolean {
  const known = error as { code?: string; message?: string; meta?: unknown };
  if (known.code !== "P2002" && known.code !== "P2010" && known.code !== "23505") return false;
  const text = `${known.message ?? ""}${JSON.stringify(known.meta ?? {})}`;
  if (known.code === "P2010" && !text.includes("23505")) return false;
  return on === undefined || text.includes(on);
}

/** True where the database could not read a value as what it must be: SQLSTATE class 22, data exception. */
export function isUnreadableValue(error: unknown): boolean {
  const { code, message, meta } = error as { code?: string; message?: string; meta?: unknown };
  return code === "P2010" && /Code: `22|"code":"22/.test(`${message ?? ""}${JSON.stringify(meta ?? {})}`);
}

/** Prisma's codes for a server that is not reached, a connection that closed, and a pool or transaction that found none in time. */
const UNREACHABLE = new Set(["P1001", "P1002", "P1008", "P1011", "P1017", "P2024", "P2028", "P2037", "ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
/** SQLSTATE: class 08 (connection), 57P01 to 57P05 (shutdown, starting up, dropped, idle), 53300 (too many connections), 25006 (a standby). */
const SQLSTATE = /\b(08[0-9A-Z]{3}|57P0[1-5]|53300|25006)\b/;
const WORDS = /Query read timeout|Connection terminated|Server has closed the connection|Can't reach database server|timeout exceeded when trying to connect|Client has encountered a connection error|DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections/;

/** True where the database was not reached or went away: the same call may succeed later. */
export function isUnreachable(error: unknown): boolean {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth++) {
    const { code, message, meta } = current as { code?: string; message: string; meta?: unknown };
    if (code !== undefined && (UNREACHABLE.has(code) || SQLSTATE.test(code))) return true;
    const text = `${message} ${JSON.stringify(meta ?? {})}`;
    if (WORDS.test(text) || ((code === "P2010" || code === "P2039") && SQLSTATE.test(text))) return true;
  }
  return false;
}
