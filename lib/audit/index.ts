import { newId, type Prisma, type Tx } from "#lib/platform/index.ts";
import type { AuditName } from "./names.ts";

export { AUDIT_NAMES } from "./names.ts";
export type { AuditName };

export interface AuditInput {
  name: AuditName;
  /** What it happened to, as `kind:id`. */
  subject: string;
  /** Null for the registry itself. */
  actorId: string | null;
  data?: Prisma.InputJsonObject;
}

/** Appends one event to the audit trail, in the transaction of the change that it tells of. Returns the event's id. */
export async function recordEvent(tx: Tx, input: AuditInput): Promise<string> {
  const id = newId();
  await tx.auditEvent.create({ data: { id, name: input.name, subject: input.subject, actorId: input.actorId, data: input.data ?? {} } });
  return id;
}
