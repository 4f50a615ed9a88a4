import { recordEvent } from "#lib/audit/index.ts";
import { notFound } from "#lib/http/index.ts";
import { isId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { lockAccount } from "../lock-account.ts";
import { requireSession, type Principal } from "../principal.ts";
import { hasSecondFactor, requireStepUp } from "../step-up.ts";
import { passkeyView } from "./list-factors.ts";
import type { PasskeySummaryView } from "./schema.ts";
import { tellOwner } from "./tell-owner.ts";

/** Gives a passkey of the account another name. Throws `not-found` for another's. */
export async function renamePasskey(deps: Deps, input: { principal: Principal; id: string; name: string }): Promise<PasskeySummaryView> {
  requireSession(input.principal);
  const where = { id: requireId(input.id), userId: input.principal.userId };
  const { count } = await deps.db.passkey.updateMany({ where, data: { name: input.name } });
  if (count !== 1) throw notFound(`Passkey \`${input.id}\``);
  return passkeyView(await deps.db.passkey.findUniqueOrThrow({ where: { id: input.id } }));
}

/** Removes a passkey of the account; takes a step-up. Throws `not-found` for another's. */
export async function removePasskey(deps: Deps, input: { principal: Principal; id: string }): Promise<PasskeySummaryView> {
  const { principal } = input;
  requireSession(principal);
  const id = requireId(input.id);
  await requireStepUp(deps, principal);
  return await deps.db.$transaction(async (tx) => {
    await lockAccount(tx, principal.userId);
    const row = await tx.passkey.findFirst({ where: { id, userId: principal.userId } });
    const { count } = await tx.passkey.deleteMany({ where: { id, userId: principal.userId } });
    if (row === null || count !== 1) throw notFound(`Passkey \`${id}\``);
    await dropIdleCodes(tx, principal.userId);
    await recordEvent(tx, { name: "accounts:factor:remove", subject: `user:${principal.userId}`, actorId: principal.userId, data: { factor: "passkey", id } });
    await tellOwner(tx, deps, principal.userId, (mails, url) => mails.removed({ factor: { kind: "passkey", name: row.name }, url }));
    return passkeyView(row);
  });
}

/** Recovery codes stand in for a factor: with the last one they go too. */
export async function dropIdleCodes(tx: Tx, userId: string): Promise<void> {
  if (!(await hasSecondFactor(tx, userId))) await tx.recoveryCode.deleteMany({ where: { userId } });
}

function requireId(id: string): string {
  if (!isId(id)) throw notFound(`Passkey \`${id}\``);
  return id;
}
