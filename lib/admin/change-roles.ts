import { grantRole, refuseTokens, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import type { InstanceRole } from "#lib/accounts/schema.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { notFound, RegistryError } from "#lib/http/index.ts";
import { queueMail, roleGrantedMail } from "#lib/mail/index.ts";
import { isId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { lockAdministrators, requireAnotherAdministrator, requireStillAdministrator } from "./lock-administrators.ts";

export interface RoleChange {
  principal: Principal;
  userId: string;
  role: InstanceRole;
  reason: string;
}

/** Grants an instance role, and tells the person. Nobody grants one to oneself: that takes the operator at the machine. */
export async function giveRole(deps: Deps, input: RoleChange): Promise<void> {
  refuseTokens(input.principal);
  await requireStepUp(deps, input.principal);
  if (input.userId === input.principal.userId) throw new RegistryError("forbidden", "Nobody grants a role to oneself: another administrator does, or the operator with `npm run admin -- grant`.");
  await deps.db.$transaction(async (tx) => {
    requireStillAdministrator(await lockAdministrators(tx), input.principal);
    const user = await requireAccount(tx, input.userId);
    if (user.suspendedAt !== null) throw new RegistryError("move-not-allowed", "The account is suspended; restore it first.");
    if ((await tx.userRole.count({ where: { userId: user.id, role: input.role } })) > 0) return;
    await grantRole(tx, { userId: user.id, role: input.role, actorId: input.principal.userId, reason: input.reason });
    await queueMail(tx, deps, { to: user.email, ...roleGrantedMail({ role: input.role, host: new URL(deps.config.publicUrl).host, url: `${deps.config.publicUrl}/settings/security` }) });
  });
}

/** Takes an instance role back; a role that is not held is no error. Throws `move-not-allowed` for the last administrator's. */
export async function takeRole(deps: Deps, input: RoleChange): Promise<void> {
  refuseTokens(input.principal);
  await requireStepUp(deps, input.principal);
  await deps.db.$transaction(async (tx) => {
    const administrators = await lockAdministrators(tx);
    requireStillAdministrator(administrators, input.principal);
    const user = await requireAccount(tx, input.userId);
    if (input.role === "administrator") requireAnotherAdministrator(administrators, user.id);
    const { count } = await tx.userRole.deleteMany({ where: { userId: user.id, role: input.role } });
    if (count === 1) await recordEvent(tx, { name: "accounts:user:revoke-role", subject: `user:${user.id}`, actorId: input.principal.userId, data: { role: input.role, reason: input.reason } });
  });
}

/** The account, unless it is unknown or deleted: `not-found`. */
export async function requireAccount(tx: Tx, userId: string): Promise<{ id: string; email: string; suspendedAt: Date | null }> {
  const user = isId(userId) ? await tx.user.findFirst({ where: { id: userId, deletedAt: null }, select: { id: true, email: true, suspendedAt: true } }) : null;
  if (user === null) throw notFound(`Account \`${userId}\``);
  return user;
}
