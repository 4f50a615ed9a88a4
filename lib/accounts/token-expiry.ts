import { queueMail, tokenExpiringMail } from "#lib/mail/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

const DAY_MS = 86_400_000;
/** Days before the end at which its owner is told. */
const NOTICES = [7, 1] as const;
const MOST = 200;

/**
 * Tells owners of tokens that end in seven days, and again on the last day. Each notice goes out once, whatever number
 * of workers look: `warnedAt` moves by one conditional update. A token that never had so many days gets no such notice.
 */
export async function warnOfExpiringTokens(deps: Deps): Promise<void> {
  for (const days of NOTICES) {
    const now = deps.now();
    const rows = await deps.db.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "ApiToken"
      WHERE "revokedAt" IS NULL AND "expiresAt" > ${now} AND "expiresAt" <= ${new Date(now.getTime() + days * DAY_MS)}
        AND "expiresAt" - "createdAt" > make_interval(days => ${days}) AND ("warnedAt" IS NULL OR "warnedAt" < "expiresAt" - make_interval(days => ${days}))
      ORDER BY "expiresAt" LIMIT ${MOST}`;
    for (const { id } of rows) await warn(deps, { id, days, now });
  }
}

async function warn(deps: Deps, { id, days, now }: { id: string; days: number; now: Date }): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const taken = await tx.$executeRaw`
      UPDATE "ApiToken" SET "warnedAt" = ${now}
      WHERE "id" = ${id}::uuid AND "revokedAt" IS NULL AND ("warnedAt" IS NULL OR "warnedAt" < "expiresAt" - make_interval(days => ${days}))`;
    if (taken !== 1) return;
    const { user, name: token, prefix, expiresAt } = await tx.apiToken.findUniqueOrThrow({ where: { id }, include: { user: { select: { email: true, suspendedAt: true, deletedAt: true } } } });
    if (user.suspendedAt !== null || user.deletedAt !== null) return;
    const left = Math.ceil((expiresAt.getTime() - now.getTime()) / DAY_MS);
    await queueMail(tx, deps, { to: user.email, ...tokenExpiringMail({ token, prefix, days: left, url: `${deps.config.publicUrl}/tokens` }) });
  });
}
