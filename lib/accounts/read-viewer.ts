import type { Db } from "#lib/platform/index.ts";
import type { Principal } from "./principal.ts";
import type { PublisherRole, ViewerView } from "./schema.ts";

/** The signed-in person as header and pages show it. */
export async function readViewer(deps: { db: Db }, principal: Principal): Promise<ViewerView> {
  const rows = await deps.db.membership.findMany({ where: { userId: principal.userId }, include: { publisher: true }, orderBy: { createdAt: "asc" } });
  return {
    id: principal.userId,
    email: principal.email,
    name: principal.name,
    roles: principal.roles,
    publishers: rows.map((row) => ({ slug: row.publisher.slug, name: row.publisher.name, role: row.role as PublisherRole })),
  };
}
