import { createTransport } from "nodemailer";
import type { Deps } from "#lib/runtime/index.ts";
import { MAIL_GROUPS } from "./schema.ts";
import { MAILS } from "./templates/index.ts";
import { unsubscribeLink } from "./unsubscribe-link.ts";

/** Which way mail goes: over SMTP, or into the development outbox that pages announce. */
export function mailDelivery(): "smtp" | "outbox" {
  return process.env["SMTP_URL"] === undefined || process.env["SMTP_URL"] === "" ? "outbox" : "smtp";
}

/** Messages of which nothing stays once they were sent. */
export const NOT_KEPT: ReadonlySet<string> = new Set(["account.deleted"]);

/** Sends one queued mail. Without SMTP_URL it stays in the outbox page, which says so. Sent twice is sent once. */
export async function sendMail(deps: Deps, input: { mailId: string }): Promise<void> {
  const mail = await deps.db.mail.findUnique({ where: { id: input.mailId } });
  if (mail === null || mail.sentAt !== null) return;
  if (deps.config.smtpUrl !== null) {
    try {
      const headers = await unsubscribeHeaders(deps, mail);
      await createTransport(deps.config.smtpUrl).sendMail({ from: deps.config.mailFrom, to: mail.to, subject: mail.subject, text: mail.text, html: mail.html, headers, messageId: `<${mail.id}@${new URL(deps.config.publicUrl).hostname}>` });
    } catch (error) {
      // What a server answers often names the address, and the queue keeps what a job died of.
      const said = (error instanceof Error ? error.message : String(error)).replaceAll(mail.to, "the recipient");
      await deps.db.mail.updateMany({ where: { id: mail.id }, data: { error: said } });
      throw new Error(said, { cause: error instanceof Error ? error.name : "unknown" });
    }
  }
  if (NOT_KEPT.has(mail.event)) return void (await deps.db.mail.deleteMany({ where: { id: mail.id } }));
  await deps.db.mail.updateMany({ where: { id: mail.id }, data: { sentAt: deps.now(), error: null } });
}

/** The way out that mail readers show beside the sender (RFC 2369, RFC 8058): for kinds of mail that may be switched off. */
async function unsubscribeHeaders(deps: Deps, mail: { to: string; event: string }): Promise<Record<string, string>> {
  const group = MAILS.find((known) => known.event === mail.event)?.group;
  if (group === undefined || !MAIL_GROUPS[group].optional) return {};
  const user = await deps.db.user.findUnique({ where: { email: mail.to }, select: { id: true } });
  if (user === null) return {};
  return { "List-Unsubscribe": `<${unsubscribeLink(deps.config, { userId: user.id, group })}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}
