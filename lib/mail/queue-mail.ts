import { z } from "zod";
import { defineJob } from "#lib/jobs/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { Letter, MailContent } from "./define-mail.ts";
import { MAIL_GROUPS, MAIL_LANGUAGES } from "./schema.ts";
import { unsubscribeLink } from "./unsubscribe-link.ts";
import { writeMail } from "./write-mail.ts";

export const sendMailJob = defineJob({ name: "mail.send", payload: z.object({ mailId: z.uuid() }), seconds: 60, retries: 8 });

/**
 * Puts a mail into the outbox inside the caller's transaction; it leaves only from a job. It is written in the language
 * of the account that the address belongs to, in English where there is none; of a kind that its owner switched off
 * there is none. The row says whose account that was: later the address may be somebody else's.
 */
export async function queueMail(tx: Tx, deps: Pick<Deps, "queue" | "config">, mail: Letter & { to: string }): Promise<void> {
  const user = await tx.user.findUnique({ where: { email: mail.to }, select: { id: true, language: true, muted: true } });
  const content = writeFor(user, deps, mail);
  if (content === null) return;
  const row = await tx.mail.create({ data: { id: newId(), to: mail.to, userId: user?.id ?? null, ...content } });
  await deps.queue.enqueue(tx, sendMailJob, { mailId: row.id });
}

function writeFor(user: { id: string; language: string; muted: string[] } | null, { config }: Pick<Deps, "config">, mail: Letter): MailContent | null {
  if (user !== null && MAIL_GROUPS[mail.group].optional && user.muted.includes(mail.group)) return null;
  const language = MAIL_LANGUAGES.find((known) => known === user?.language) ?? "en";
  const unsubscribeUrl = user === null ? null : unsubscribeLink(config, { userId: user.id, group: mail.group });
  return writeMail(mail, language, { publicUrl: config.publicUrl, unsubscribeUrl });
}
