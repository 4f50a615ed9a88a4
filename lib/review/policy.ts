import { loadPolicy, POLICY_SETTING, withoutSecondFactor } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { badRequest } from "#lib/http/index.ts";
import type { Db, Tx } from "#lib/platform/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";

export const SETTABLE_POLICIES = ["solo", "team"] as const;

/** Sets the first policy of a new instance; a later start leaves what is there. */
export async function initialisePolicy(tx: Tx, name: string): Promise<void> {
  await tx.setting.upsert({ where: { key: POLICY_SETTING }, create: { key: POLICY_SETTING, value: name }, update: {} });
}

/**
 * Switches the policy. Refuses one that nobody could decide under: `team` needs two accounts that hold a deciding role.
 * Names the accounts that can act in none of their roles under it until they set up a second factor.
 */
export async function setPolicy(db: Db, name: string): Promise<{ policy: string; emptyRoles: string[]; withoutFactor: string[] }> {
  const known = SETTABLE_POLICIES.find((candidate) => candidate === name);
  if (known === undefined) throw badRequest(`\`${name}\` is not a policy that can be set; there are ${SETTABLE_POLICIES.join(", ")}.`);
  return await db.$transaction(async (tx) => {
    const policy = loadPolicy(known);
    const holders = await tx.userRole.findMany({ where: { role: { in: policy.deciders }, user: { suspendedAt: null } } });
    const emptyRoles = policy.deciders.filter((role) => !holders.some((row) => row.role === role));
    const people = new Set(holders.map((row) => row.userId)).size;
    const needed = policy.independence === "none" ? 1 : 2;
    if (people < needed) throw badRequest(`The policy \`${name}\` needs ${needed} people who may decide (${policy.deciders.join(", ")}); there ${people === 1 ? "is 1" : `are ${people}`}. Grant the roles first.`);
    await tx.setting.upsert({ where: { key: POLICY_SETTING }, create: { key: POLICY_SETTING, value: name }, update: { value: name, updatedAt: new Date() } });
    const event = await recordEvent(tx, { name: "review:policy:set", subject: `policy:${name}`, actorId: null, data: { pinned: policy.pinned } });
    await recordLeaf(tx, `event:${event}`, null);
    return { policy: name, emptyRoles, withoutFactor: await withoutSecondFactor(tx, policy) };
  });
}
