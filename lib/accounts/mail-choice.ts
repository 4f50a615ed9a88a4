import { recordEvent } from "#lib/audit/index.ts";
import { OPTIONAL_GROUPS } from "#lib/mail/schema.ts";
import type { OptionalGroup } from "#lib/mail/index.ts";
import type { Db, Tx } from "#lib/platform/index.ts";
import { lockAccount } from "./lock-account.ts";

/** Kinds of mail that the person switched off. */
export async function readMailChoice(db: Db | Tx, userId: string): Promise<{ muted: OptionalGroup[] }> {
  const { muted } = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { muted: true } });
  return { muted: OPTIONAL_GROUPS.filter((group) => muted.includes(group)) };
}

/** Sets which kinds of mail the person does not want; the others come. */
export async function setMailChoice(db: Db, input: { userId: string; muted: OptionalGroup[] }): Promise<{ muted: OptionalGroup[] }> {
  return await db.$transaction((tx) => choose(tx, input.userId, () => input.muted));
}

/** Switches one kind off; a second time, or for an account that is gone, changes nothing. Two at once both count. */
export async function muteMail(db: Db, input: { userId: string; group: OptionalGroup }): Promise<void> {
  await db.$transaction(async (tx) => {
    if ((await tx.user.count({ where: { id: input.userId, deletedAt: null } })) === 1) await choose(tx, input.userId, (muted) => [...muted, input.group]);
  });
}

async function choose(tx: Tx, userId: string, change: (muted: OptionalGroup[]) => OptionalGroup[]): Promise<{ muted: OptionalGroup[] }> {
  await lockAccount(tx, userId);
  const before = await readMailChoice(tx, userId);
  const wanted = change(before.muted);
  const muted = OPTIONAL_GROUPS.filter((group) => wanted.includes(group));
  if (muted.join() === before.muted.join()) return before;
  await tx.user.update({ where: { id: userId }, data: { muted } });
  await recordEvent(tx, { name: "accounts:mail:choose", subject: `user:${userId}`, actorId: userId, data: { muted } });
  return { muted };
}
