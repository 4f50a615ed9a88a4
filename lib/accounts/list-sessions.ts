import type { Db } from "#lib/platform/index.ts";
import type { SessionSummaryView } from "./schema.ts";

/** The open sessions of an account, the asking one first, then the last used. No token, not even hashed, is among it. */
export async function listSessions(deps: { db: Db; now: () => Date }, input: { userId: string; sessionId: string | null }): Promise<SessionSummaryView[]> {
  const rows = await deps.db.session.findMany({ where: { userId: input.userId, expires: { gt: deps.now() } }, orderBy: [{ lastUsedAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }] });
  return rows
    .map((row) => ({
      id: row.id,
      current: row.id === input.sessionId,
      method: row.method,
      device: row.device,
      network: row.network,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      expiresAt: row.expires.toISOString(),
    }))
    .sort((a, b) => Number(b.current) - Number(a.current));
}
