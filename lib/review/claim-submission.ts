import { activePolicy, displayName, requireScope, requireSecondFactor, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { moveNotAllowed, submissionMissing, WAITING_STATES } from "#lib/submissions/index.ts";
import type { SubmissionState } from "#lib/submissions/schema.ts";
import { claimedByOther, claimsSpent, mayNotDecide } from "./errors.ts";

/**
 * Reserves a waiting submission for one reviewer for the policy's minutes; the same reviewer renews it. Throws
 * `already-claimed` (409) while another's claim runs.
 */
export async function claimSubmission(deps: Deps, input: { principal: Principal; id: string }): Promise<{ until: string }> {
  requireScope(input.principal, "review:decide");
  return await deps.db.$transaction(async (tx) => {
    const policy = await activePolicy(tx);
    if (!policy.deciders.some((role) => input.principal.roles.includes(role))) throw mayNotDecide(policy.name, policy.deciders);
    await requireSecondFactor({ db: tx }, input.principal, policy.deciders);
    await tx.$queryRaw`SELECT 1 FROM "Submission" WHERE "id" = ${input.id}::uuid FOR UPDATE`;
    const row = await tx.submission.findUnique({ where: { id: input.id }, include: { claimedBy: true } });
    if (row === null) throw submissionMissing(input.id);
    if (!WAITING_STATES.some((state) => state === row.state)) throw moveNotAllowed(row.state as SubmissionState, "claimed");
    const now = deps.now();
    const running = row.claimedUntil !== null && row.claimedUntil > now;
    if (running && row.claimedById !== input.principal.userId) throw claimedByOther(displayName(row.claimedBy), row.claimedUntil ?? now);
    const renewals = row.claimedById === input.principal.userId ? row.claimRenewals + 1 : 0;
    if (running && renewals > policy.claim_renewals) throw claimsSpent(policy.claim_renewals);
    const until = new Date(now.getTime() + policy.claim_minutes * 60_000);
    await tx.submission.update({ where: { id: row.id }, data: { claimedById: input.principal.userId, claimedUntil: until, claimRenewals: running ? renewals : 0 } });
    await recordEvent(tx, { name: "review:submission:claim", subject: `submission:${row.id}`, actorId: input.principal.userId, data: { until: until.toISOString() } });
    return { until: until.toISOString() };
  });
}
