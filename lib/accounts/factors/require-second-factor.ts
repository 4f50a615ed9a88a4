import type { Db, Tx } from "#lib/platform/index.ts";
import { activePolicy, type Policy } from "../policy.ts";
import type { Principal } from "../principal.ts";
import type { InstanceRole } from "../schema.ts";
import { hasSecondFactor } from "../step-up.ts";
import { secondFactorRequired } from "./errors.ts";

/**
 * For acting as one of `roles`: throws `second-factor-required` where the policy in force asks a second factor of each
 * of them that the account holds, and it has none. A token acts for its owner, so the same counts for it.
 */
export async function requireSecondFactor(deps: { db: Db | Tx }, principal: Principal, roles: readonly InstanceRole[]): Promise<void> {
  if (principal.via === "operator" || !(await lacksSecondFactor(deps, principal, roles))) return;
  throw secondFactorRequired((await activePolicy(deps.db)).name, principal.roles.filter((role) => roles.includes(role)));
}

/** True where the account holds one of `roles` and can act in none of them until it has a second factor. */
export async function lacksSecondFactor(deps: { db: Db | Tx }, who: { userId: string; roles: readonly InstanceRole[] }, roles: readonly InstanceRole[]): Promise<boolean> {
  const held = who.roles.filter((role) => roles.includes(role));
  if (held.length === 0) return false;
  const needing = (await activePolicy(deps.db)).second_factor.roles;
  return held.every((role) => needing.includes(role)) && !(await hasSecondFactor(deps.db, who.userId));
}

/** Addresses of accounts that hold a role for which this policy asks a second factor, and have none. */
export async function withoutSecondFactor(tx: Db | Tx, policy: Policy): Promise<string[]> {
  const without = { passkeys: { none: {} }, NOT: { totp: { is: { confirmedAt: { not: null } } } } };
  const users = await tx.user.findMany({ where: { roles: { some: { role: { in: policy.second_factor.roles } } }, suspendedAt: null, deletedAt: null, ...without }, orderBy: { email: "asc" } });
  return users.map((user) => user.email);
}
