import { AUDIT_NAMES } from "#lib/audit/index.ts";
import { afterCursor, badRequest, cutPage } from "#lib/http/index.ts";
import { isId, type Db, type Prisma } from "#lib/platform/index.ts";
import type { AuditEventView, AuditQueryInput } from "./schema.ts";

const BATCH = 1_000;

type Filter = Omit<AuditQueryInput, "limit" | "cursor" | "format">;

/** Events of the audit trail, newest first, a page at a time. Throws `bad-request` for an actor that is no id and for a broken cursor. */
export async function searchAudit(deps: { db: Db }, query: AuditQueryInput): Promise<{ items: AuditEventView[]; nextCursor: string | null }> {
  const found = await deps.db.auditEvent.findMany({ where: { AND: [conditions(query), afterCursor(query.cursor)] }, orderBy: { id: "desc" }, take: query.limit + 1 });
  const { rows, nextCursor } = cutPage(found, query.limit);
  return { items: rows.map(eventView), nextCursor };
}

/** All events that match, oldest last, as JSON lines; read a batch at a time, as the reader takes them. */
export function exportAudit(deps: { db: Db }, filter: Filter): ReadableStream<Uint8Array> {
  const where = conditions(filter);
  let last: string | undefined;
  return new ReadableStream({
    pull: async (controller) => {
      const rows = await deps.db.auditEvent.findMany({ where: { AND: [where, afterCursor(last)] }, orderBy: { id: "desc" }, take: BATCH });
      if (rows.length > 0) controller.enqueue(Buffer.from(rows.map((row) => `${JSON.stringify(eventView(row))}\n`).join("")));
      last = rows.at(-1)?.id;
      if (rows.length < BATCH) controller.close();
    },
  });
}

function conditions({ actor, subject, name, from, to }: Filter): Prisma.AuditEventWhereInput {
  if (actor !== undefined && actor !== "" && !isId(actor)) throw badRequest("An actor is an account's id.");
  const named = name ?? "";
  return {
    ...(actor === undefined || actor === "" ? {} : { actorId: actor }),
    ...(subject === undefined || subject === "" ? {} : { subject: subject.replaceAll("\0", "") }),
    // The names are known: a list of them is answered by an index, a pattern is not.
    ...(named === "" ? {} : { name: { in: AUDIT_NAMES.filter((known) => known.startsWith(named)) } }),
    ...(from === undefined && to === undefined ? {} : { at: { ...(from === undefined ? {} : { gte: new Date(from) }), ...(to === undefined ? {} : { lt: new Date(to) }) } }),
  };
}

/** An event as it leaves the registry: ids, never names. */
export function eventView(row: { id: string; at: Date; name: string; subject: string; actorId: string | null; data: unknown }): AuditEventView {
  return { id: row.id, at: row.at.toISOString(), name: row.name, subject: row.subject, actor: row.actorId, data: row.data };
}
