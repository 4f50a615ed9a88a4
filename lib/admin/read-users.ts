import { hasSecondFactor } from "#lib/accounts/index.ts";
import type { InstanceRole } from "#lib/accounts/schema.ts";
import { afterCursor, cutPage, notFound } from "#lib/http/index.ts";
import { isId, type Db, type Prisma } from "#lib/platform/index.ts";
import { likeLiteral } from "./like-literal.ts";
import type { AdminUserDetailView, AdminUserView, UsersQueryInput } from "./schema.ts";
import { eventView } from "./search-audit.ts";

const RECENT = 30;

/** Accounts, newest first, a page at a time; `q` is part of an address or name, or a whole id. */
export async function listUsers(deps: { db: Db }, query: UsersQueryInput): Promise<{ items: AdminUserView[]; nextCursor: string | null }> {
  const found = await deps.db.user.findMany({ where: { AND: [conditions(query), afterCursor(query.cursor)] }, include: { roles: { orderBy: { role: "asc" } } }, orderBy: { id: "desc" }, take: query.limit + 1 });
  const { rows, nextCursor } = cutPage(found, query.limit);
  return { items: rows.map(userView), nextCursor };
}

function conditions({ q, role, state }: UsersQueryInput): Prisma.UserWhereInput {
  const parts: Prisma.UserWhereInput[] = [];
  if (isId(q)) parts.push({ id: q });
  else if (q !== "") parts.push({ OR: [{ email: { contains: likeLiteral(q), mode: "insensitive" } }, { name: { contains: likeLiteral(q), mode: "insensitive" } }] });
  if (role !== undefined) parts.push({ roles: { some: { role } } });
  if (state === "deleted") parts.push({ deletedAt: { not: null } });
  if (state === "suspended") parts.push({ suspendedAt: { not: null }, deletedAt: null });
  if (state === "active") parts.push({ suspendedAt: null, deletedAt: null });
  return { AND: parts };
}

/** Everything that an administrator sees of one account. Throws `not-found`. */
export async function readUser(deps: { db: Db }, id: string): Promise<AdminUserDetailView> {
  const { db } = deps;
  const row = isId(id)
    ? await db.user.findUnique({ where: { id }, include: { roles: { orderBy: { role: "asc" } }, sessions: { orderBy: { createdAt: "desc" }, take: RECENT }, memberships: { include: { publisher: true } }, _count: { select: { tokens: { where: { revokedAt: null } } } } } })
    : null;
  if (row === null) throw notFound(`Account \`${id}\``);
  const [acted, happened, secondFactor] = await Promise.all([
    db.auditEvent.findMany({ where: { actorId: id }, orderBy: { id: "desc" }, take: RECENT }),
    db.auditEvent.findMany({ where: { subject: `user:${id}` }, orderBy: { id: "desc" }, take: RECENT }),
    hasSecondFactor(db, id),
  ]);
  const events = [...new Map([...acted, ...happened].map((event) => [event.id, event])).values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, RECENT);
  return {
    ...userView(row),
    suspended: row.suspendedAt === null ? null : { at: row.suspendedAt.toISOString(), reason: row.suspendedReason ?? "" },
    secondFactor,
    sessions: row.sessions.map((session) => ({ createdAt: session.createdAt.toISOString(), lastUsedAt: session.lastUsedAt?.toISOString() ?? null, method: session.method, device: session.device })),
    tokens: row._count.tokens,
    publishers: row.memberships.map(({ publisher, role }) => ({ slug: publisher.slug, name: publisher.name, role })),
    events: events.map(eventView),
  };
}

/** Who holds which instance role. */
export async function listRoleHolders(deps: { db: Db }): Promise<{ role: InstanceRole; userId: string; email: string; grantedAt: string; suspended: boolean }[]> {
  const rows = await deps.db.userRole.findMany({ include: { user: true }, orderBy: [{ role: "asc" }, { grantedAt: "asc" }], take: 1000 });
  return rows.map((row) => ({ role: row.role as InstanceRole, userId: row.userId, email: row.user.email, grantedAt: row.grantedAt.toISOString(), suspended: row.user.suspendedAt !== null }));
}

function userView(row: { id: string; email: string; name: string | null; createdAt: Date; suspendedAt: Date | null; deletedAt: Date | null; roles: { role: string }[] }): AdminUserView {
  const state = row.deletedAt !== null ? "deleted" : row.suspendedAt !== null ? "suspended" : "active";
  return { id: row.id, email: row.email, name: row.name, roles: row.roles.map(({ role }) => role as InstanceRole), state, createdAt: row.createdAt.toISOString() };
}
