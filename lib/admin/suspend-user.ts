import { denyDeviceGrants, refuseTokens, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { accountRestoredMail, accountSuspendedMail, queueMail } from "#lib/mail/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { requireAccount } from "./change-roles.ts";
import { lockAdministrators, requireAnotherAdministrator, requireStillAdministrator } from "./lock-administrators.ts";

export interface SuspendUserInput {
  principal: Principal;
  userId: string;
  reason: string;
}

/**
 * Shuts an account out at once: its sessions end, its tokens, links and sign-ins of a command line are refused until it
 * is restored. What it published stays. The person is told why. Nobody suspends oneself or the last administrator.
 */
export async function suspendUser(deps: Deps, input: SuspendUserInput): Promise<void> {
  refuseTokens(input.principal);
  await requireStepUp(deps, input.principal);
  if (input.userId === input.principal.userId) throw new RegistryError("move-not-allowed", "Nobody suspends oneself.");
  await deps.db.$transaction(async (tx) => {
    const administrators = await lockAdministrators(tx);
    requireStillAdministrator(administrators, input.principal);
    const user = await requireAccount(tx, input.userId);
    requireAnotherAdministrator(administrators, user.id);
    const { count } = await tx.user.updateMany({ where: { id: user.id, suspendedAt: null }, data: { suspendedAt: deps.now(), suspendedReason: input.reason } });
    if (count !== 1) throw new RegistryError("move-not-allowed", "The account is suspended already.");
    await shutOut(tx, user.id, deps.now());
    await recordEvent(tx, { name: "accounts:user:suspend", subject: `user:${user.id}`, actorId: input.principal.userId, data: { reason: input.reason } });
    await queueMail(tx, deps, { to: user.email, ...accountSuspendedMail({ reason: input.reason, host: new URL(deps.config.publicUrl).host }) });
  });
}

/** Lets a suspended account in again; it signs in anew, and its tokens work as before. */
export async function restoreUser(deps: Deps, input: SuspendUserInput): Promise<void> {
  refuseTokens(input.principal);
  await requireStepUp(deps, input.principal);
  await deps.db.$transaction(async (tx) => {
    requireStillAdministrator(await lockAdministrators(tx), input.principal);
    const user = await requireAccount(tx, input.userId);
    const { count } = await tx.user.updateMany({ where: { id: user.id, suspendedAt: { not: null } }, data: { suspendedAt: null, suspendedReason: null } });
    if (count !== 1) throw new RegistryError("move-not-allowed", "The account is not suspended.");
    await recordEvent(tx, { name: "accounts:user:restore", subject: `user:${user.id}`, actorId: input.principal.userId, data: { reason: input.reason } });
    await queueMail(tx, deps, { to: user.email, ...accountRestoredMail({ url: `${deps.config.publicUrl}/sign-in`, host: new URL(deps.config.publicUrl).host }) });
  });
}

/** Ends every session of an account, which stays open otherwise, and the sign-ins of command lines that wait for their token. Returns how many sessions there were. */
export async function endSessionsOf(deps: Deps, input: SuspendUserInput): Promise<number> {
  refuseTokens(input.principal);
  await requireStepUp(deps, input.principal);
  return await deps.db.$transaction(async (tx) => {
    requireStillAdministrator(await lockAdministrators(tx), input.principal);
    const user = await requireAccount(tx, input.userId);
    const { count } = await tx.session.deleteMany({ where: { userId: user.id } });
    await denyDeviceGrants(tx, { userId: user.id, now: deps.now() });
    await recordEvent(tx, { name: "accounts:session:end-all", subject: `user:${user.id}`, actorId: input.principal.userId, data: { reason: input.reason } });
    return count;
  });
}

/** Tokens stay as rows: they are refused with their owner, and a restored owner need not spread new ones. */
async function shutOut(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.session.deleteMany({ where: { userId } });
  await tx.signInLink.deleteMany({ where: { userId } });
  await tx.factorChallenge.deleteMany({ where: { userId } });
  await denyDeviceGrants(tx, { userId, now });
}
