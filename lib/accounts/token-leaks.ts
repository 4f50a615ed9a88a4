import { recordEvent } from "#lib/audit/index.ts";
import { queueMail, tokenLeakedMail } from "#lib/mail/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { hashSecret, isApiToken } from "./secrets.ts";

/**
 * Revokes every token of the list that still counts, and tells its owner by mail where it was found; says nothing about
 * which of them existed. A token reported many times at once is revoked, recorded and mailed of once.
 */
export async function reportLeakedTokens(deps: Deps, input: { tokens: string[]; source: string | null }): Promise<void> {
  const hashes = [...new Set(input.tokens)].filter(isApiToken).map(hashSecret);
  const now = deps.now();
  const source = input.source?.replace(/\p{Cc}+/gu, " ").trim() || null;
  await deps.db.$transaction(async (tx) => {
    const rows = await tx.apiToken.findMany({ where: { tokenHash: { in: hashes }, revokedAt: null, expiresAt: { gt: now } }, include: { user: { select: { email: true, deletedAt: true } } } });
    for (const row of rows) {
      const { count } = await tx.apiToken.updateMany({ where: { id: row.id, revokedAt: null }, data: { revokedAt: now, revokedReason: `reported as leaked: ${source ?? "without saying where"}` } });
      if (count !== 1) continue;
      // Where it was found stands with the token alone: the sentence is a stranger's, and events stay for ever.
      await recordEvent(tx, { name: "accounts:token:report-leak", subject: `token:${row.id}`, actorId: null, data: { owner: row.userId } });
      if (row.user.deletedAt === null) await queueMail(tx, deps, { to: row.user.email, ...tokenLeakedMail({ token: row.name, prefix: row.prefix, source, url: `${deps.config.publicUrl}/tokens` }) });
    }
  });
}
