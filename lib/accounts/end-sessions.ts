import { recordEvent } from "#lib/audit/index.ts";
import { notFound } from "#lib/http/index.ts";
import type { Db } from "#lib/platform/index.ts";
import { denyDeviceGrants } from "./deny-device-grants.ts";

/** Ends one session of the account. Throws `not-found` for another's, and for one that is over. */
export async function endOneSession(db: Db, input: { userId: string; sessionId: string }): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.session.deleteMany({ where: { id: input.sessionId, userId: input.userId } });
    if (count === 0) throw notFound(`Session \`${input.sessionId}\``);
    await recordEvent(tx, { name: "accounts:session:end", subject: `user:${input.userId}`, actorId: input.userId });
  });
}

/** Ends every session of the account, except the one to keep, and the sign-ins of command lines that wait for their token. Returns how many sessions ended. */
export async function endAllSessions(deps: { db: Db; now: () => Date }, input: { userId: string; keep: string | null; actorId: string | null }): Promise<number> {
  return await deps.db.$transaction(async (tx) => {
    await denyDeviceGrants(tx, { userId: input.userId, now: deps.now() });
    const { count } = await tx.session.deleteMany({ where: { userId: input.userId, ...(input.keep === null ? {} : { id: { not: input.keep } }) } });
    await recordEvent(tx, { name: "accounts:session:end-all", subject: `user:${input.userId}`, actorId: input.actorId, data: { ended: count, kept: input.keep === null ? 0 : 1 } });
    return count;
  });
}
