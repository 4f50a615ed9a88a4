import { recordEvent } from "#lib/audit/index.ts";
import { countInDatabase, notFound, RegistryError } from "#lib/http/index.ts";
import { addressTakenMail, confirmEmailMail, queueMail } from "#lib/mail/index.ts";
import { newId } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { isAddressHeld } from "./address-held.ts";
import { lockAccount } from "./lock-account.ts";
import { mailboxOf } from "./mailbox.ts";
import { requireSession, type Principal } from "./principal.ts";
import type { EmailChangeView } from "./schema.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { requireStepUp } from "./step-up.ts";
import { requireEmail } from "./users.ts";

const CONFIRM_MS = 86_400_000;

/**
 * Asks for another address: a link that confirms it goes there, and replaces an earlier one. The answer, what is
 * stored and the settings page are the same for an address that has an account; its owner is told by mail instead.
 * Throws `step-up-required`, `forbidden` for a token, `bad-request` for what is no new address, `rate-limited`.
 */
export async function requestEmailChange(deps: Deps, input: { principal: Principal; email: string }): Promise<EmailChangeView> {
  const { principal } = input;
  requireSession(principal);
  const email = requireEmail(input.email);
  if (email === principal.email.toLowerCase()) throw new RegistryError("bad-request", "That is the address of this account already.");
  await requireStepUp(deps, principal);
  const now = deps.now();
  const expiresAt = new Date(now.getTime() + CONFIRM_MS);
  const token = newSecret();
  await deps.db.$transaction(async (tx) => {
    await lockAccount(tx, principal.userId);
    await countInDatabase(tx, "sign-in", `mailbox:${mailboxOf(email)}`);
    await tx.emailChange.updateMany({ where: { userId: principal.userId, confirmedAt: null, expiresAt: { gt: now } }, data: { expiresAt: now } });
    await tx.emailChange.create({ data: { id: newId(), userId: principal.userId, oldEmail: principal.email, newEmail: email, tokenHash: hashSecret(token), undoHash: hashSecret(newSecret()), createdAt: now, expiresAt } });
    await recordEvent(tx, { name: "accounts:email:request", subject: `user:${principal.userId}`, actorId: principal.userId });
    const taken = (await tx.user.count({ where: { email } })) > 0 || (await isAddressHeld(tx, { email, now, except: principal.userId }));
    const { publicUrl } = deps.config;
    const { host } = new URL(publicUrl);
    await queueMail(tx, deps, { to: email, ...(taken ? addressTakenMail({ host, url: `${publicUrl}/sign-in` }) : confirmEmailMail({ host, url: `${publicUrl}/settings/email/confirm?token=${token}` })) });
  });
  return { email, expiresAt: expiresAt.toISOString() };
}

/** Takes back a change that waits for its new address: the link that went there stops working. Throws `not-found` where none waits. */
export async function cancelEmailChange(deps: Pick<Deps, "db" | "now">, principal: Principal): Promise<void> {
  requireSession(principal);
  const now = deps.now();
  await deps.db.$transaction(async (tx) => {
    await lockAccount(tx, principal.userId);
    const { count } = await tx.emailChange.updateMany({ where: { userId: principal.userId, confirmedAt: null, undoneAt: null, expiresAt: { gt: now } }, data: { undoneAt: now } });
    if (count === 0) throw notFound("A change of address that waits");
    await recordEvent(tx, { name: "accounts:email:cancel", subject: `user:${principal.userId}`, actorId: principal.userId });
  });
}

/** The change that waits for its new address to be confirmed; null where none does. */
export async function readEmailChange(deps: Pick<Deps, "db" | "now">, userId: string): Promise<EmailChangeView | null> {
  const row = await deps.db.emailChange.findFirst({ where: { userId, confirmedAt: null, undoneAt: null, expiresAt: { gt: deps.now() } }, orderBy: { createdAt: "desc" } });
  return row === null ? null : { email: row.newEmail, expiresAt: row.expiresAt.toISOString() };
}
