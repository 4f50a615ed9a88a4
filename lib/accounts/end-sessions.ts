import { recordEvent } from "#lib/audit/index.ts";
import { notFound } from "#lib/http/index.ts";
import type { Db } from "#lib/platform/index.ts";

/** Ends one session of the account. Throws `not-found` for another's, and for one that is over. */
export async function endOneSession(db: Db, input: { userId: string; sessionId: string }): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: input.sessionId, userId: input.userId } });
    if (count === 0) throw notFound(`Session \`${input.sessionId}\``);
    await recordEvent(tx, { name: "accounts:session:end", subject: `user:${input.userId}`, actorId: input.userId });
  });
}

/** Ends every session of the account, except the one to keep. Returns how many ended. */
export async function endAllSessions(db: Db, input: { userId: string; keep: string | null; actorId: string | null }): Promise<number> {
  return await db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { userId: input.userId, ...(input.keep === null ? {} : { id: { not: input.keep } }) } });
    await recordEvent(tx, { name: "accounts:session:end-all", subject: `user:${input.userId}`, actorId: input.actorId, data: { ended: count, kept: input.keep === null ? 0 : 1 } });
    return count;
  });
}
