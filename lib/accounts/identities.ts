import { recordEvent } from "#lib/audit/index.ts";
import { notFound } from "#lib/http/index.ts";
import { identityDisconnectedMail, queueMail } from "#lib/mail/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { requireSession, type Principal } from "./principal.ts";
import type { IdentitySummaryView } from "./schema.ts";
import { providerName } from "./sign-in-providers.ts";
import { requireStepUp } from "./step-up.ts";

/** The outside identities of an account, oldest first. */
export async function listIdentities(deps: Pick<Deps, "db" | "config">, userId: string): Promise<IdentitySummaryView[]> {
  const rows = await deps.db.account.findMany({ where: { userId }, orderBy: { createdAt: "asc" } });
  return rows.map((row) => ({
    id: row.id,
    provider: row.provider,
    providerName: providerName(deps.config, row.provider),
    label: row.label,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
}

/**
 * Takes an outside identity off the account and tells the owner. It is never the last way in: the e-mail link stays.
 * Throws `step-up-required`, `forbidden` for a token and `not-found` for another's.
 */
export async function disconnectIdentity(deps: Deps, input: { principal: Principal; identityId: string }): Promise<void> {
  const { principal, identityId } = input;
  const { publicUrl } = deps.config;
  requireSession(principal);
  await requireStepUp(deps, principal);
  await deps.db.$transaction(async (tx) => {
    const row = await tx.account.findFirst({ where: { id: identityId, userId: principal.userId }, include: { user: { select: { email: true } } } });
    if (row === null || (await tx.account.deleteMany({ where: { id: row.id } })).count !== 1) throw notFound(`Identity \`${identityId}\``);
    await recordEvent(tx, { name: "accounts:identity:unlink", subject: `user:${principal.userId}`, actorId: principal.userId, data: { provider: row.provider } });
    await queueMail(tx, deps, { to: row.user.email, ...identityDisconnectedMail({ host: new URL(publicUrl).host, provider: providerName(deps.config, row.provider), label: row.label, at: deps.now(), url: `${publicUrl}/settings/sign-in` }) });
  });
}
