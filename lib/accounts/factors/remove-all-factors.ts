import { recordEvent } from "#lib/audit/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { denyDeviceGrants } from "../deny-device-grants.ts";
import { lockAccount } from "../lock-account.ts";
import { tellOwner } from "./tell-owner.ts";

/**
 * Takes every second factor and recovery code from an account, for its owner who lost them all: the operator does it at
 * the machine, having made sure who asks. Sessions and waiting sign-ins of command lines end too, since whoever holds one could set up factors of their own.
 */
export async function removeAllFactors(deps: Deps, userId: string): Promise<{ removed: number }> {
  return await deps.db.$transaction(async (tx) => {
    const where = { userId };
    await lockAccount(tx, userId);
    const passkeys = await tx.passkey.deleteMany({ where });
    const totp = await tx.totp.deleteMany({ where });
    await tx.recoveryCode.deleteMany({ where });
    await tx.factorUndo.deleteMany({ where });
    await tx.session.deleteMany({ where });
    await denyDeviceGrants(tx, { userId, now: deps.now() });
    await recordEvent(tx, { name: "accounts:factor:remove", subject: `user:${userId}`, actorId: null, data: { factor: "all" } });
    await tellOwner(tx, deps, userId, (mails, url) => mails.removed({ factor: { kind: "all" }, url }));
    return { removed: passkeys.count + totp.count };
  });
}
