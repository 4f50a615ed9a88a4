import { RegistryError } from "#lib/http/index.ts";
import type { Db, Tx } from "#lib/platform/index.ts";
import type { Principal } from "./principal.ts";

/** How long a proof of the second factor counts. */
const STEP_UP_MS = 5 * 60 * 1000;
/** A sign-in this recent stands in for a second factor while none is set up. */
const RECENT_SIGN_IN_MS = 60 * 60 * 1000;

/**
 * For approvals, keys, owners and tokens: throws `step-up-required` unless the session proved its second factor within
 * five minutes or, where the account has none, signed in within the hour. A token passes: one that may decide or
 * administer is issued after such a proof only. So does the operator at the machine.
 */
export async function requireStepUp(deps: { db: Db | Tx; now: () => Date }, principal: Principal): Promise<void> {
  if (principal.via !== "session") return;
  const now = deps.now();
  const within = (moment: Date | null, ms: number) => moment !== null && now.getTime() - moment.getTime() <= ms;
  if (within(principal.steppedUpAt, STEP_UP_MS)) return;
  if (await hasSecondFactor(deps.db, principal.userId)) throw new RegistryError("step-up-required", "Confirm it with your second factor: a passkey or a code. It counts for five minutes.");
  if (within(principal.authenticatedAt, RECENT_SIGN_IN_MS)) return;
  throw new RegistryError("step-up-required", "This needs a sign-in within the last hour: sign in again and repeat it.");
}

/** True when the account has a passkey or a confirmed authenticator app. */
export async function hasSecondFactor(db: Db | Tx, userId: string): Promise<boolean> {
  if ((await db.passkey.count({ where: { userId } })) > 0) return true;
  return (await db.totp.count({ where: { userId, confirmedAt: { not: null } } })) > 0;
}
