import { recordEvent } from "#lib/audit/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { OutsideIdentity } from "./judge-sign-in.ts";
import { requireEmail, type UserRow } from "./users.ts";

/**
 * An account and the outside identity that opens it, in one transaction: neither is ever there without the other.
 * Throws on an address that has an account (a unique violation), so that two sign-ins at once cannot be joined either.
 */
export async function createIdentityAccount(tx: Tx, identity: OutsideIdentity, now: Date): Promise<UserRow> {
  const user = await tx.user.create({ data: { id: newId(), email: requireEmail(identity.email ?? ""), emailVerified: now } });
  await tx.account.create({ data: { id: newId(), userId: user.id, type: "oauth", provider: identity.provider, providerAccountId: identity.key, label: identity.label, lastUsedAt: now } });
  await recordEvent(tx, { name: "accounts:user:create", subject: `user:${user.id}`, actorId: null });
  await recordEvent(tx, { name: "accounts:identity:link", subject: `user:${user.id}`, actorId: user.id, data: { provider: identity.provider } });
  return user;
}
