import { recordEvent } from "#lib/audit/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { openSession } from "./open-session.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import type { SessionPlace } from "./session-place.ts";

const LINK_HOURS = 24;

/** A one-time link that signs the account in: made by the operator, used by a button press, valid for a day. */
export async function createSignInLink(tx: Tx, input: { userId: string; publicUrl: string; now: Date }): Promise<{ url: string; expiresAt: Date }> {
  const token = newSecret();
  const expiresAt = new Date(input.now.getTime() + LINK_HOURS * 3_600_000);
  await tx.signInLink.create({ data: { id: newId(), tokenHash: hashSecret(token), userId: input.userId, expiresAt } });
  await recordEvent(tx, { name: "accounts:link:create", subject: `user:${input.userId}`, actorId: null });
  return { url: `${input.publicUrl}/sign-in/link?token=${token}`, expiresAt };
}

/** Uses the link up and opens a session; null when it is unknown, used or expired, or its account is shut. One conditional update decides a race. */
export async function useSignInLink(deps: Pick<Deps, "db" | "config" | "queue" | "now">, input: { token: string; place: SessionPlace; replaces: string | null }): Promise<{ token: string; expires: Date } | null> {
  const now = deps.now();
  return await deps.db.$transaction(async (tx) => {
    const { count } = await tx.signInLink.updateMany({ where: { tokenHash: hashSecret(input.token), usedAt: null, expiresAt: { gt: now }, user: { suspendedAt: null, deletedAt: null } }, data: { usedAt: now } });
    if (count !== 1) return null;
    const link = await tx.signInLink.findUniqueOrThrow({ where: { tokenHash: hashSecret(input.token) } });
    return await openSession(deps, tx, { userId: link.userId, method: "link", place: input.place, replaces: input.replaces, now });
  });
}
