import { recordEvent } from "#lib/audit/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import { sessionEnded } from "./errors.ts";

/** Notes in the session that its person proved a second factor just now. Throws `unauthenticated` when it ended meanwhile. */
export async function markSteppedUp(tx: Tx, input: { sessionId: string; userId: string; factor: "passkey" | "totp" | "recovery-code"; now: Date }): Promise<void> {
  const { count } = await tx.session.updateMany({ where: { id: input.sessionId, userId: input.userId }, data: { steppedUpAt: input.now } });
  if (count !== 1) throw sessionEnded();
  await recordEvent(tx, { name: "accounts:session:step-up", subject: `user:${input.userId}`, actorId: input.userId, data: { session: input.sessionId, factor: input.factor } });
}
