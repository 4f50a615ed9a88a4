import type { Db, Tx } from "#lib/platform/index.ts";
import type { FactorsSummaryView, PasskeySummaryView } from "./schema.ts";

/** What an account has set up; nothing of it is secret. */
export async function listFactors(deps: { db: Db | Tx }, userId: string): Promise<FactorsSummaryView> {
  const [passkeys, totp, codes] = await Promise.all([
    deps.db.passkey.findMany({ where: { userId }, orderBy: { createdAt: "asc" } }),
    deps.db.totp.findFirst({ where: { userId, confirmedAt: { not: null } } }),
    deps.db.recoveryCode.findMany({ where: { userId } }),
  ]);
  const newest = codes[0];
  return {
    passkeys: passkeys.map(passkeyView),
    totp: totp === null ? null : { createdAt: (totp.confirmedAt ?? totp.createdAt).toISOString() },
    recoveryCodes: newest === undefined ? null : { left: codes.filter((code) => code.usedAt === null).length, createdAt: newest.createdAt.toISOString() },
  };
}

/** A passkey as its owner sees it. */
export function passkeyView(row: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null; backedUp: boolean }): PasskeySummaryView {
  return { id: row.id, name: row.name, createdAt: row.createdAt.toISOString(), lastUsedAt: row.lastUsedAt?.toISOString() ?? null, backedUp: row.backedUp };
}
