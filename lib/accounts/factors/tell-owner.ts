import { FACTOR_MAILS, queueMail, type Letter } from "#lib/mail/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

/** Mails the account's address what happened to its second factors, in the transaction of the change. */
export async function tellOwner(tx: Tx, deps: Pick<Deps, "queue" | "config">, userId: string, write: (mails: typeof FACTOR_MAILS, url: string) => Letter): Promise<void> {
  const { email } = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  await queueMail(tx, deps, { to: email, ...write(FACTOR_MAILS, `${deps.config.publicUrl}/settings/security`) });
}
