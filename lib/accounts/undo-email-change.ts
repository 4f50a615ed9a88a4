import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { emailUndoneMail, queueMail } from "#lib/mail/index.ts";
import { isUniqueViolation, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { UNDO_MS } from "./address-held.ts";
import { lockAccount } from "./lock-account.ts";
import { recoverAccount } from "./recover-account.ts";
import { hashSecret } from "./secrets.ts";

/**
 * Gives an account its old address back, with the link that was sent there when it changed: once, within seven days.
 * Whoever presses it says that the change was not theirs, so everything that the changer may have left goes too: all
 * sessions and sign-in links, and the tokens, identities and second factors added since a week before the change was
 * asked for, as a thief adds a way in first. Later changes are undone with it. Throws `gone` for a link that is unknown, used or over.
 */
export async function undoEmailChange(deps: Deps, input: { token: string }): Promise<{ email: string }> {
  try {
    return await deps.db.$transaction((tx) => undoIn(tx, deps, input.token));
  } catch (error) {
    if (isUniqueViolation(error)) throw new RegistryError("gone", "The address has another account by now. Write to the operator of this registry.");
    throw error;
  }
}

async function undoIn(tx: Tx, deps: Deps, token: string): Promise<{ email: string }> {
  const now = deps.now();
  const { publicUrl } = deps.config;
  const where = { undoHash: hashSecret(token), confirmedAt: { gt: new Date(now.getTime() - UNDO_MS) }, undoneAt: null, user: { deletedAt: null } };
  const seen = await tx.emailChange.findFirst({ where });
  if (seen !== null) await lockAccount(tx, seen.userId);
  // Once more: of several at once, one had the lock first.
  const change = await tx.emailChange.findFirst({ where });
  if (change?.confirmedAt == null) throw new RegistryError("gone", "This link works once and for seven days. Write to the operator of this registry if the address still is not yours.");
  const { userId } = change;
  const { email, removed } = await recoverAccount(tx, { userId, addressesSince: change.confirmedAt, noticed: change.createdAt, now });
  await recordEvent(tx, { name: "accounts:email:undo", subject: `user:${userId}`, actorId: userId, data: removed });
  await queueMail(tx, deps, { to: email, ...emailUndoneMail({ host: new URL(publicUrl).host, url: `${publicUrl}/sign-in` }) });
  return { email };
}
