import { FACTOR_MAILS, queueMail, type AddedFactor, type Letter } from "#lib/mail/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { hashSecret, newSecret } from "../secrets.ts";

/** How long a first second factor can be taken away with the link of its mail. */
const UNDO_MS = 7 * 86_400_000;

/** Mails the account's address what happened to its second factors, in the transaction of the change. */
export async function tellOwner(tx: Tx, deps: Pick<Deps, "queue" | "config">, userId: string, write: (mails: typeof FACTOR_MAILS, url: string) => Letter): Promise<void> {
  const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  await queueMail(tx, deps, { to: email, ...write(FACTOR_MAILS, `${deps.config.publicUrl}/settings/security`) });
}

/**
 * Tells of a factor that was added. The word of a first one has a link that takes it away: from now on every step-up
 * asks for it, so an owner who did not add it could do nothing about it inside the account.
 */
export async function tellOfAddedFactor(tx: Tx, deps: Pick<Deps, "queue" | "config">, input: { userId: string; factor: AddedFactor; first: boolean; now: Date }): Promise<void> {
  const { userId, factor, now } = input;
  if (!input.first) return await tellOwner(tx, deps, userId, (mails, url) => mails.added({ factor, url }));
  const token = newSecret();
  await tx.factorUndo.create({ data: { id: newId(), userId, tokenHash: hashSecret(token), createdAt: now, expiresAt: new Date(now.getTime() + UNDO_MS) } });
  await tellOwner(tx, deps, userId, (mails, url) => mails.firstAdded({ factor, url: `${url}/undo?token=${token}` }));
}
