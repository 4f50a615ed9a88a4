import type { Deps } from "#lib/runtime/index.ts";
import type { OutboxMail } from "./schema.ts";

const SHOWN = 100;

/** The last hundred messages, newest first, with their text: for the page that stands in for a mail server. */
export async function readOutbox(deps: Pick<Deps, "db">): Promise<OutboxMail[]> {
  const rows = await deps.db.mail.findMany({ orderBy: { createdAt: "desc" }, take: SHOWN, select: { id: true, to: true, subject: true, text: true, createdAt: true } });
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
