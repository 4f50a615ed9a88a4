import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { emailUndoneMail, queueMail } from "#lib/mail/index.ts";
import { isUniqueViolation, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { UNDO_MS } from "./address-held.ts";
import { denyDeviceGrants } from "./deny-device-grants.ts";
import { hashSecret } from "./secrets.ts";

/** How long before the change a thief may have been in already. */
const BEFORE_MS = 7 * 86_400_000;

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
  const since = new Date(now.getTime() - UNDO_MS);
  const { publicUrl } = deps.config;
  const { count } = await tx.emailChange.updateMany({ where: { undoHash: hashSecret(token), confirmedAt: { gt: since }, undoneAt: null, user: { deletedAt: null } }, data: { undoneAt: now } });
  if (count !== 1) throw new RegistryError("gone", "This link works once and for seven days. Write to the operator of this registry if the address still is not yours.");
  const change = await tx.emailChange.findUniqueOrThrow({ where: { undoHash: hashSecret(token) } });
  await tx.emailChange.updateMany({ where: { userId: change.userId, createdAt: { gt: change.createdAt }, undoneAt: null }, data: { undoneAt: now } });
  await tx.verificationToken.deleteMany({ where: { identifier: { in: await addressesOf(tx, change.userId) } } });
  await tx.user.update({ where: { id: change.userId }, data: { email: change.oldEmail } });
  const removed = await shutOut(tx, change.userId, new Date(change.createdAt.getTime() - BEFORE_MS), now);
  await recordEvent(tx, { name: "accounts:email:undo", subject: `user:${change.userId}`, actorId: change.userId, data: removed });
  await queueMail(tx, deps, { to: change.oldEmail, ...emailUndoneMail({ host: new URL(publicUrl).host, url: `${publicUrl}/sign-in` }) });
  return { email: change.oldEmail };
}

async function addressesOf(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.emailChange.findMany({ where: { userId }, select: { newEmail: true } });
  return rows.map(({ newEmail }) => newEmail);
}

/** Ends what lets anyone in, and takes away what was added since. Returns how much of each. */
async function shutOut(tx: Tx, userId: string, since: Date, now: Date): Promise<Record<string, number>> {
  const added = { userId, createdAt: { gte: since } };
  const gone = [
    ["sessions", tx.session.deleteMany({ where: { userId } })],
    ["links", tx.signInLink.deleteMany({ where: { userId, usedAt: null } })],
    // Before the tokens: whichever of these is fetched at this moment is one of them.
    ["devices", denyDeviceGrants(tx, { userId, now })],
    ["tokens", tx.apiToken.updateMany({ where: { ...added, revokedAt: null }, data: { revokedAt: now } })],
    ["identities", tx.account.deleteMany({ where: added })],
    ["passkeys", tx.passkey.deleteMany({ where: added })],
    ["authenticators", tx.totp.deleteMany({ where: { userId, OR: [{ confirmedAt: null }, { confirmedAt: { gte: since } }] } })],
    ["recoveryCodes", tx.recoveryCode.deleteMany({ where: added })],
  ] as const;
  const counts: Record<string, number> = {};
  for (const [what, work] of gone) counts[what] = (await work).count;
  return counts;
}
