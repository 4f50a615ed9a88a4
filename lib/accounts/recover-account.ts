import type { Tx } from "#lib/platform/index.ts";
import { denyDeviceGrants } from "./deny-device-grants.ts";

/** How long before what was noticed a thief may have been in already. */
const BEFORE_MS = 7 * 86_400_000;

export interface RecoverInput {
  userId: string;
  /** Since when addresses are the thief's. */
  addressesSince: Date;
  /** When the thief first did what the owner noticed; what was added up to a week before goes too. */
  noticed: Date;
  now: Date;
}

/**
 * Gives a locked account back to whoever had it: the address from before, and nothing left that lets anybody else in.
 * Returns the address, and how much went of each kind. Fails with a unique violation where the address has an account by now.
 */
export async function recoverAccount(tx: Tx, input: RecoverInput): Promise<{ email: string; removed: Record<string, number> }> {
  const email = await restoreAddress(tx, input);
  return { email, removed: await shutOut(tx, input) };
}

/** Takes back each change of address that was confirmed since, and drops the one that waits. */
async function restoreAddress(tx: Tx, { userId, addressesSince, now }: RecoverInput): Promise<string> {
  const changes = await tx.emailChange.findMany({ where: { userId, confirmedAt: { gte: addressesSince }, undoneAt: null }, orderBy: [{ confirmedAt: "asc" }, { createdAt: "asc" }] });
  await tx.emailChange.updateMany({ where: { userId, undoneAt: null, OR: [{ confirmedAt: null }, { confirmedAt: { gte: addressesSince } }] }, data: { undoneAt: now } });
  await tx.verificationToken.deleteMany({ where: { identifier: { in: changes.map((change) => change.newEmail) } } });
  const [first] = changes;
  const user = first === undefined ? await tx.user.findUniqueOrThrow({ where: { id: userId } }) : await tx.user.update({ where: { id: userId }, data: { email: first.oldEmail } });
  return user.email;
}

/** Ends what lets anyone in, and takes away what was added since. Other links of this kind are spent with it: the thief may have been sent one. */
async function shutOut(tx: Tx, { userId, noticed, now }: RecoverInput): Promise<Record<string, number>> {
  const since = new Date(noticed.getTime() - BEFORE_MS);
  const added = { userId, createdAt: { gte: since } };
  const gone = [
    ["sessions", tx.session.deleteMany({ where: { userId } })],
    ["links", tx.signInLink.deleteMany({ where: { userId, usedAt: null } })],
    // Before the tokens, these and the next: whichever is fetched at this moment is one of them.
    ["devices", denyDeviceGrants(tx, { userId, now })],
    // Of any age, since a thief may take an old one over: each rests until an owner confirms it.
    ["workflows", tx.trustedWorkflow.updateMany({ where: { createdById: userId }, data: { createdById: null } })],
    ["tokens", tx.apiToken.updateMany({ where: { ...added, revokedAt: null }, data: { revokedAt: now } })],
    ["identities", tx.account.deleteMany({ where: added })],
    ["passkeys", tx.passkey.deleteMany({ where: added })],
    ["authenticators", tx.totp.deleteMany({ where: { userId, OR: [{ confirmedAt: null }, { confirmedAt: { gte: since } }] } })],
    ["recoveryCodes", tx.recoveryCode.deleteMany({ where: added })],
    ["factorUndos", tx.factorUndo.deleteMany({ where: { userId } })],
  ] as const;
  const counts: Record<string, number> = {};
  for (const [what, work] of gone) counts[what] = (await work).count;
  return counts;
}
