import type { Db } from "#lib/platform/index.ts";
import { isAddressHeld } from "./address-held.ts";
import { hashSecret } from "./secrets.ts";
import type { SessionPlace } from "./session-place.ts";

/** Who an outside provider says that someone is. */
export interface OutsideIdentity {
  provider: string;
  /** The provider's own address and its name for the account: a subject of one issuer is nobody at another. */
  key: string;
  /** How the provider names the account, for its owner to tell it apart. */
  label: string | null;
  /** An address that the provider says it has verified; null where it says nothing or less. */
  email: string | null;
  /** When the provider last asked the person, where it says so (`auth_time`, OpenID Connect Core 2); null where it does not. */
  askedAt: Date | null;
}

/** One sign-in on its way: what came with the request, and what was found out about it. */
export interface SignInAttempt {
  /** The session cookie that came with it. */
  sessionToken: string | null;
  place: SessionPlace;
  /** Set once a provider has vouched for someone. */
  identity: OutsideIdentity | null;
  /** True when the signed-in owner asked for this provider to be connected: the attempt then opens no session. */
  connecting: boolean;
}

/** Why a sign-in is refused; the pages have words for each. */
export type SignInRefusal = "AccessDenied" | "EmailUnverified" | "AddressTaken" | "AddressHeld" | "ConnectFirst" | "IdentityTaken";

/** Whether an e-mail link may open a session. A held address is one that an account had until days ago and may take back. */
export async function judgeEmail(deps: { db: Db; now: () => Date }, email: string): Promise<SignInRefusal | null> {
  const user = await deps.db.user.findUnique({ where: { email }, select: { suspendedAt: true, deletedAt: true } });
  if (user !== null) return isShut(user) ? "AccessDenied" : null;
  return (await isAddressHeld(deps.db, { email, now: deps.now() })) ? "AddressHeld" : null;
}

/**
 * Whether an outside identity may sign in, be connected, or open an account. It is never joined to an account because
 * the addresses are equal: only the signed-in owner connects it, after asking to. Fills in the attempt.
 */
export async function judgeIdentity(deps: { db: Db; now: () => Date }, attempt: SignInAttempt, identity: OutsideIdentity): Promise<SignInRefusal | null> {
  attempt.identity = identity;
  const now = deps.now();
  const known = await deps.db.account.findUnique({ where: { provider_providerAccountId: { provider: identity.provider, providerAccountId: identity.key } }, include: { user: true } });
  const session = attempt.sessionToken === null ? null : await deps.db.session.findFirst({ where: { tokenHash: hashSecret(attempt.sessionToken), expires: { gt: now }, user: { suspendedAt: null, deletedAt: null } } });
  if (session !== null && session.connecting === identity.provider && session.connectingUntil !== null && session.connectingUntil > now) {
    attempt.connecting = true;
    return known !== null && known.userId !== session.userId ? "IdentityTaken" : null;
  }
  if (known !== null) return isShut(known.user) ? "AccessDenied" : null;
  return session === null ? await judgeNewAccount(deps, identity) : "ConnectFirst";
}

/** A new account takes an address that its provider has verified and that nobody has. */
async function judgeNewAccount(deps: { db: Db; now: () => Date }, identity: OutsideIdentity): Promise<SignInRefusal | null> {
  if (identity.email === null) return "EmailUnverified";
  if ((await deps.db.user.count({ where: { email: identity.email } })) > 0) return "AddressTaken";
  return (await isAddressHeld(deps.db, { email: identity.email, now: deps.now() })) ? "AddressHeld" : null;
}

function isShut(user: { suspendedAt: Date | null; deletedAt: Date | null }): boolean {
  return user.suspendedAt !== null || user.deletedAt !== null;
}
