import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { emailChangedMail, queueMail } from "#lib/mail/index.ts";
import { isUniqueViolation, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { isAddressHeld } from "./address-held.ts";
import { lockAccount } from "./lock-account.ts";
import { requireSession, type Principal } from "./principal.ts";
import { hashSecret, newSecret } from "./secrets.ts";

const OVER = "This link works once, for a day, in a session of the account that asked for it. Ask for the change again in the settings.";

/**
 * Makes the new address the account's, and tells the old one how to take it back. Works only in a session of the
 * account that asked: otherwise a stranger who presses the button in a mail would lend their address to somebody
 * else's account. Throws `gone` for a link that is unknown, used, over or another's, and when the address was taken.
 */
export async function confirmEmailChange(deps: Deps, input: { principal: Principal; token: string }): Promise<{ email: string }> {
  requireSession(input.principal);
  try {
    return await deps.db.$transaction((tx) => confirmIn(tx, deps, input.principal.userId, input.token));
  } catch (error) {
    if (isUniqueViolation(error)) throw new RegistryError("gone", "The address has an account by now, so it cannot become this one's.");
    throw error;
  }
}

async function confirmIn(tx: Tx, deps: Deps, userId: string, token: string): Promise<{ email: string }> {
  const now = deps.now();
  const undo = newSecret();
  await lockAccount(tx, userId);
  const { count } = await tx.emailChange.updateMany({ where: { tokenHash: hashSecret(token), userId, confirmedAt: null, undoneAt: null, expiresAt: { gt: now } }, data: { confirmedAt: now, undoHash: hashSecret(undo) } });
  if (count !== 1) throw new RegistryError("gone", OVER);
  const change = await tx.emailChange.findUniqueOrThrow({ where: { tokenHash: hashSecret(token) } });
  if (await isAddressHeld(tx, { email: change.newEmail, now, except: userId })) throw new RegistryError("gone", "The address belonged to another account until days ago and may go back to it.");
  // Before the address leaves the account: the mail is then written in its language.
  const { publicUrl } = deps.config;
  await queueMail(tx, deps, { to: change.oldEmail, ...emailChangedMail({ host: new URL(publicUrl).host, at: now, url: `${publicUrl}/settings/email/undo?token=${undo}` }) });
  const changed = await tx.user.updateMany({ where: { id: userId, email: change.oldEmail, deletedAt: null }, data: { email: change.newEmail, emailVerified: now } });
  if (changed.count !== 1) throw new RegistryError("gone", OVER);
  // A sign-in link on its way to the old address would open an account of its own there.
  await tx.verificationToken.deleteMany({ where: { identifier: change.oldEmail } });
  await recordEvent(tx, { name: "accounts:email:change", subject: `user:${userId}`, actorId: userId });
  return { email: change.newEmail };
}
