import { loadPolicy, POLICY_SETTING, withoutSecondFactor, type Policy } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { badRequest } from "#lib/http/index.ts";
import type { Db, Tx } from "#lib/platform/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";

export const SETTABLE_POLICIES = ["solo", "team"] as const;

/** Sets the first policy of a new instance; a later start leaves what is there. */
export async function initialisePolicy(tx: Tx, name: string): Promise<void> {
  await tx.setting.upsert({ where: { key: POLICY_SETTING }, create: { key: POLICY_SETTING, value: name }, update: {} });
}

/** How many active accounts could decide under the policy, how many it needs, and which of its roles nobody holds. */
export async function countDeciders(tx: Tx, policy: Policy): Promise<{ people: number; needed: number; emptyRoles: string[] }> {
  const holders = await tx.userRole.findMany({ where: { role: { in: policy.deciders }, user: { suspendedAt: null, deletedAt: null } } });
  const emptyRoles = policy.deciders.filter((role) => !holders.some((row) => row.role === role));
  return { people: new Set(holders.map((row) => row.userId)).size, needed: policy.independence === "none" ? 1 : 2, emptyRoles };
}

/**
 * Switches the policy, for the operator unless `by` names an account. Refuses one that nobody could decide under: `team`
 * needs two accounts that hold a deciding role. Names the accounts that can act in none of their roles under it until
 * they set up a second factor.
 */
export async function setPolicy(db: Db, name: string, by: { actorId: string | null; reason: string | null } = { actorId: null, reason: null }): Promise<{ policy: string; emptyRoles: string[]; withoutFactor: string[] }> {
  const known = SETTABLE_POLICIES.find((candidate) => candidate === name);
  if (known === undefined) throw badRequest(`\`${name}\` is not a policy that can be set; there are ${SETTABLE_POLICIES.join(", ")}.`);
  return await db.$transaction(async (tx) => {
    const policy = loadPolicy(known);
    const { people, needed, emptyRoles } = await countDeciders(tx, policy);
    if (people < needed) throw badRequest(`The policy \`${name}\` needs ${needed} people who may decide (${policy.deciders.join(", ")}); there ${people === 1 ? "is 1" : `are ${people}`}. Grant the roles first.`);
    await tx.setting.upsert({ where: { key: POLICY_SETTING }, create: { key: POLICY_SETTING, value: name }, update: { value: name, updatedAt: new Date() } });
    const event = await recordEvent(tx, { name: "review:policy:set", subject: `policy:${name}`, actorId: by.actorId, data: { pinned: policy.pinned, ...(by.reason === null ? {} : { reason: by.reason }) } });
    await recordLeaf(tx, `event:${event}`, by.actorId);
    return { policy: name, emptyRoles, withoutFactor: await withoutSecondFactor(tx, policy) };
  });
}
