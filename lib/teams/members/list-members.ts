import type { PublisherRole } from "#lib/accounts/schema.ts";
import type { Db } from "#lib/platform/index.ts";
import type { MemberDetailView } from "../schema.ts";

const RANK: Record<string, number> = { owner: 0, maintainer: 1, viewer: 2 };

/** Members of a publisher, owners first, then by how long they are there. */
export async function listMembers(deps: { db: Db }, slug: string): Promise<MemberDetailView[]> {
  const rows = await deps.db.membership.findMany({ where: { publisher: { slug } }, include: { user: true }, orderBy: [{ createdAt: "asc" }] });
  return rows
    .sort((a, b) => (RANK[a.role] ?? 9) - (RANK[b.role] ?? 9))
    .map((row) => ({ id: row.userId, email: row.user.email, name: row.user.name, role: row.role as PublisherRole, since: row.createdAt.toISOString() }));
}
