import { newPlaceMail, queueMail } from "#lib/mail/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { newSecret } from "./secrets.ts";
import { placeHash, type SessionPlace } from "./session-place.ts";
import { endSessionOf, SESSION_SECONDS, storeSession } from "./sessions.ts";

export interface OpenSessionInput {
  userId: string;
  /** "email", "link", "passkey", or the name of an outside provider. */
  method: string;
  place: SessionPlace;
  /** Token of the session cookie that the sign-in came with, if any: that session ends. */
  replaces: string | null;
  now: Date;
  /** When the person was asked, where that was not just now. */
  askedAt?: Date | null;
  /** Set where signing in proved a second factor too. */
  steppedUpAt?: Date;
  /** A token that was made elsewhere. */
  token?: string;
  expires?: Date;
}

/**
 * What every sign-in ends in, whatever proved the person: a session that is always new (a cookie that was there
 * before can never become the person's, and what it opened ends), and word to the owner when the place is one that
 * the account was never used from. The very first place is no news.
 */
export async function openSession(deps: Pick<Deps, "config" | "queue">, tx: Tx, input: OpenSessionInput): Promise<{ token: string; expires: Date }> {
  const token = input.token ?? newSecret();
  const expires = input.expires ?? new Date(input.now.getTime() + SESSION_SECONDS * 1000);
  if (input.replaces !== null) await endSessionOf(tx, input.replaces);
  await storeSession(tx, { token, userId: input.userId, expires, now: input.now, method: input.method, place: input.place, askedAt: input.askedAt, steppedUpAt: input.steppedUpAt });
  if (await isNewPlace(deps, tx, input)) {
    const { publicUrl } = deps.config;
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: input.userId }, select: { email: true } });
    await queueMail(tx, deps, { to: email, ...newPlaceMail({ host: new URL(publicUrl).host, ...input.place, at: input.now, url: `${publicUrl}/settings/sign-in` }) });
  }
  return { token, expires };
}

/** Remembers the place; true when it is new and not the first. */
async function isNewPlace(deps: Pick<Deps, "config">, tx: Tx, input: OpenSessionInput): Promise<boolean> {
  const before = await tx.knownPlace.count({ where: { userId: input.userId } });
  const { count } = await tx.knownPlace.createMany({ data: [{ userId: input.userId, placeHash: placeHash(deps.config.authSecret, input.userId, input.place), createdAt: input.now }], skipDuplicates: true });
  return count === 1 && before > 0;
}
