import { activePolicy, loadPolicy, refuseTokens, requireStepUp, withoutSecondFactor, type Principal } from "#lib/accounts/index.ts";
import type { Db } from "#lib/platform/index.ts";
import { countDeciders, setPolicy, SETTABLE_POLICIES } from "#lib/review/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { PolicyView } from "./schema.ts";

/** The policy in force, and those that could be set with who would decide under each. */
export async function readPolicy(deps: { db: Db }): Promise<PolicyView> {
  const active = await activePolicy(deps.db);
  const choices = await Promise.all(
    SETTABLE_POLICIES.map(async (name) => {
      const policy = loadPolicy(name);
      const { people, needed } = await countDeciders(deps.db, policy);
      return { name, deciders: policy.deciders, people, needed, withoutFactor: await withoutSecondFactor(deps.db, policy) };
    }),
  );
  return { active: { name: active.name, revision: active.pinned }, choices };
}

/** Sets the policy as an administrator. Throws `bad-request` for one that nobody could decide under. */
export async function choosePolicy(deps: Deps, input: { principal: Principal; policy: string; reason: string }): Promise<PolicyView> {
  refuseTokens(input.principal);
  await requireStepUp(deps, input.principal);
  await setPolicy(deps.db, input.policy, { actorId: input.principal.userId, reason: input.reason });
  return await readPolicy(deps);
}
