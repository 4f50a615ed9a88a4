import type { Db } from "#lib/platform/index.ts";
import { OPTIONAL_GROUPS } from "#lib/mail/schema.ts";
import type { OptionalGroup } from "#lib/mail/index.ts";

/** Kinds of mail that the person switched off. */
export async function readMailChoice(db: Db, userId: string): Promise<{ muted: OptionalGroup[] }> {
  const { muted } = await db.user.findUniqueOrThrow({ where: { id: userId }, select: { muted: true } });
  return { muted: OPTIONAL_GROUPS.filter((group) => muted.includes(group)) };
}

/** Sets which kinds of mail the person does not want; the others come. */
export async function setMailChoice(db: Db, input: { userId: string; muted: OptionalGroup[] }): Promise<{ muted: OptionalGroup[] }> {
  await db.user.update({ where: { id: input.userId }, data: { muted: OPTIONAL_GROUPS.filter((group) => input.muted.includes(group)) } });
  return await readMailChoice(db, input.userId);
}

/** Switches one kind off; a second time, or for an account that is gone, changes nothing. One statement, so that two at once both count. */
export async function muteMail(db: Db, input: { userId: string; group: OptionalGroup }): Promise<void> {
  await db.$executeRaw`UPDATE "User" SET "muted" = array_append("muted", ${input.group}) WHERE "id" = ${input.userId}::uuid AND NOT (${input.group} = ANY("muted"))`;
}
