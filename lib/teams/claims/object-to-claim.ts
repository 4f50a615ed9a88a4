import type { Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { isId } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { claimMissing, notAllowedNow } from "../errors.ts";
import { holdAsOwner, requireTeamReach } from "../require-owner.ts";

/** Objects to a claim, as an owner of what it asks for; once, and before it is decided. To everyone else it does not exist. */
export async function objectToClaim(deps: Deps, input: { principal: Principal; id: string; reason: string }): Promise<void> {
  requireTeamReach(input.principal);
  await deps.db.$transaction(async (tx) => {
    const claim = isId(input.id) ? await tx.nameClaim.findUnique({ where: { id: input.id } }) : null;
    if (claim === null) throw claimMissing(input.id);
    const holder = await tx.publisher.findFirst({ where: { members: { some: { userId: input.principal.userId, role: "owner" } }, ...(claim.kind === "publisher" ? { slug: claim.subject } : { listings: { some: { slug: claim.subject } } }) } });
    if (holder === null) throw claimMissing(input.id);
    await holdAsOwner(tx, input.principal, holder.slug);
    const { count } = await tx.nameClaim.updateMany({ where: { id: claim.id, decidedAt: null, objectedAt: null }, data: { objectedAt: deps.now(), objection: input.reason } });
    if (count !== 1) throw notAllowedNow("The claim is decided, or an owner objected already.");
    await recordEvent(tx, { name: "accounts:claim:object", subject: `${claim.kind}:${claim.subject}`, actorId: input.principal.userId, data: { claim: claim.id } });
  });
}
