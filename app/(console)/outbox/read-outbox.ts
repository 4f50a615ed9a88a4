import type { OutboxMail } from "#components/console/admin/outbox-list.tsx";
import type { Deps } from "#lib/runtime/index.ts";

/** The last hundred messages, newest first, with their text. */
export async function readOutbox(deps: Pick<Deps, "db">): Promise<OutboxMail[]> {
  const rows = await deps.db.mail.findMany({ orderBy: { createdAt: "desc" }, take: 100, select: { id: true, to: true, subject: true, text: true, createdAt: true } });
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
