import { recordEvent } from "#lib/audit/index.ts";
import { afterCursor, cutPage, notFound, RegistryError } from "#lib/http/index.ts";
import { hideSecrets, sendMailJob } from "#lib/mail/index.ts";
import { isId, type Db, type Prisma } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { AdminMailDetailView, AdminMailView, MailQueryInput } from "./schema.ts";

const STATES = {
  sent: { sentAt: { not: null } },
  failed: { sentAt: null, error: { not: null } },
  waiting: { sentAt: null, error: null },
} as const satisfies Record<AdminMailView["state"], Prisma.MailWhereInput>;

/** The outbox, newest first, a page at a time, without texts. */
export async function listMail(deps: { db: Db }, { state, cursor, limit }: MailQueryInput): Promise<{ items: AdminMailView[]; nextCursor: string | null }> {
  const found = await deps.db.mail.findMany({ where: { AND: [state === undefined ? {} : STATES[state], afterCursor(cursor)] }, orderBy: { id: "desc" }, take: limit + 1 });
  const { rows, nextCursor } = cutPage(found, limit);
  return { items: rows.map(mailView), nextCursor };
}

/** One message with its text. What signs someone in or confirms something for them is left out: an administrator acts as nobody else. Throws `not-found`. */
export async function readMail(deps: { db: Db }, id: string): Promise<AdminMailDetailView> {
  const row = await requireMail(deps.db, id);
  return { ...mailView(row), text: hideSecrets(row.text) };
}

/** Puts a message that did not leave into the queue again. Throws `not-found`, and `move-not-allowed` for one that was sent. */
export async function retryMail(deps: Deps, input: { id: string; actorId: string }): Promise<AdminMailView> {
  return await deps.db.$transaction(async (tx) => {
    const row = await requireMail(tx, input.id);
    if (row.sentAt !== null) throw new RegistryError("move-not-allowed", "This message was sent.");
    if (row.text === "") throw new RegistryError("move-not-allowed", "The text of this message is not kept any more.");
    await recordEvent(tx, { name: "admin:mail:retry", subject: `mail:${row.id}`, actorId: input.actorId });
    await deps.queue.enqueue(tx, sendMailJob, { mailId: row.id });
    return mailView(await tx.mail.update({ where: { id: row.id }, data: { error: null } }));
  });
}

async function requireMail(db: Db | Prisma.TransactionClient, id: string) {
  const row = isId(id) ? await db.mail.findUnique({ where: { id } }) : null;
  if (row === null) throw notFound(`Mail \`${id}\``);
  return row;
}

function mailView(row: { id: string; to: string; event: string; subject: string; createdAt: Date; sentAt: Date | null; error: string | null }): AdminMailView {
  const state = row.sentAt !== null ? "sent" : row.error !== null ? "failed" : "waiting";
  return { id: row.id, to: row.to, event: row.event, subject: row.subject, state, createdAt: row.createdAt.toISOString(), sentAt: row.sentAt?.toISOString() ?? null, error: row.error };
}
