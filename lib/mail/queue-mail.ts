import { z } from "zod";
import { defineJob } from "#lib/jobs/index.ts";
import { newId, type Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

export const sendMailJob = defineJob({ name: "mail.send", payload: z.object({ mailId: z.uuid() }), seconds: 60, retries: 8 });

export interface MailContent {
  event: string;
  subject: string;
  text: string;
  html: string;
}

/** Puts a mail into the outbox inside the caller's transaction; it leaves only from a job. */
export async function queueMail(tx: Tx, deps: Pick<Deps, "queue">, mail: MailContent & { to: string }): Promise<void> {
  const row = await tx.mail.create({ data: { id: newId(), ...mail } });
  await deps.queue.enqueue(tx, sendMailJob, { mailId: row.id });
}
