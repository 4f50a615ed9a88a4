import { isSpentInDatabase } from "#lib/http/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { lockAccount } from "../lock-account.ts";
import { tellOwner } from "./tell-owner.ts";

const QUIET_MS = 60 * 60 * 1000;

/** After a wrong try: mails the owner when it was the last that the limit allows, once an hour at most. */
export async function noteWrongTry(deps: Deps, userId: string): Promise<void> {
  if (!(await isSpentInDatabase(deps.db, "second-factor", userId))) return;
  await deps.db.$transaction(async (tx) => {
    // One at a time for each account, so that of several last tries one mails.
    await lockAccount(tx, userId);
    const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
    const told = await tx.mail.count({ where: { to: email, event: "factor.wrong-tries", createdAt: { gt: new Date(deps.now().getTime() - QUIET_MS) } } });
    if (told === 0) await tellOwner(tx, deps, userId, (mails, url) => mails.wrongTries({ url }));
  });
}
