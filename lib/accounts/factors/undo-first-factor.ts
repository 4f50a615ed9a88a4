import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { FACTOR_MAILS, queueMail } from "#lib/mail/index.ts";
import { isUniqueViolation, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { lockAccount } from "../lock-account.ts";
import { recoverAccount } from "../recover-account.ts";
import { hashSecret } from "../secrets.ts";

/**
 * Takes a first second factor away again, with the link that its owner was mailed when it was added: once, within seven
 * days. Whoever presses it says that somebody else added it, so that one goes and every later one, all sessions and
 * sign-in links, the tokens and identities since a week before, and the changes of address since. It works while the
 * account is suspended, and opens nothing. Throws `gone` for a link that is unknown, used or over.
 */
export async function undoFirstFactor(deps: Deps, input: { token: string }): Promise<{ email: string }> {
  try {
    return await deps.db.$transaction((tx) => undoIn(tx, deps, input.token));
  } catch (error) {
    if (isUniqueViolation(error)) throw new RegistryError("gone", "The address that the account had has another account by now. Write to the operator of this registry.");
    throw error;
  }
}

async function undoIn(tx: Tx, deps: Deps, token: string): Promise<{ email: string }> {
  const now = deps.now();
  const { publicUrl } = deps.config;
  const where = { tokenHash: hashSecret(token), expiresAt: { gt: now }, user: { deletedAt: null } };
  const seen = await tx.factorUndo.findFirst({ where });
  if (seen !== null) await lockAccount(tx, seen.userId);
  // Once more: of several at once, one had the lock first.
  const link = await tx.factorUndo.findFirst({ where });
  if (link === null) throw new RegistryError("gone", "This link works once and for seven days. Write to the operator of this registry if your account still asks for a second factor that is not yours.");
  const { userId } = link;
  const { email, removed } = await recoverAccount(tx, { userId, addressesSince: link.createdAt, noticed: link.createdAt, now });
  await recordEvent(tx, { name: "accounts:factor:undo", subject: `user:${userId}`, actorId: userId, data: removed });
  await queueMail(tx, deps, { to: email, ...FACTOR_MAILS.undone({ url: `${publicUrl}/sign-in` }) });
  return { email };
}
