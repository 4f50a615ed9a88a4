import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient, type Prisma } from "./generated/client.ts";

export type Db = PrismaClient;
/** What runs inside a transaction: the client without the calls that open or close one. */
export type Tx = Prisma.TransactionClient;
export { Prisma } from "./generated/client.ts";

/** A client with its own pool of `connections` to the database at `url`. */
export function connectDatabase(url: string, connections = 20): Db {
  const adapter = new PrismaPg({ connectionString: url, max: connections, connectionTimeoutMillis: 5_000 });
  return new PrismaClient({ adapter });
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
