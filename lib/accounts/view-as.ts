import { recordEvent } from "#lib/audit/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import type { Db } from "#lib/platform/index.ts";
import { requireSession, type Principal } from "./principal.ts";
import type { InstanceRole, ViewRole } from "./schema.ts";

/**
 * Lets an administrator see the site as someone of a lesser role would, in this session, until it is left with null. Only
 * what is seen becomes less: whose pages these are, and who acts, stays the administrator. Throws `forbidden` for anyone
 * else and for tokens.
 */
export async function setViewAs(db: Db, input: { principal: Principal; role: ViewRole | null }): Promise<void> {
  const { userId } = input.principal;
  const sessionId = requireSession(input.principal);
  await db.$transaction(async (tx) => {
    const holds = (await tx.userRole.count({ where: { userId, role: "administrator" } })) > 0;
    if (!holds && input.role !== null) throw new RegistryError("forbidden", "This needs the role `administrator`.");
    await tx.session.updateMany({ where: { id: sessionId, userId }, data: { viewAs: input.role } });
    await recordEvent(tx, { name: "accounts:session:view-as", subject: `user:${userId}`, actorId: userId, data: { role: input.role } });
  });
}

/** The roles with which pages are shown in a session: those held, or the one that its administrator chose to see. */
export function shownRoles(held: readonly InstanceRole[], viewAs: string | null): { roles: InstanceRole[]; viewing: Principal["viewing"] } {
  if (viewAs === null || !held.includes("administrator")) return { roles: [...held], viewing: null };
  const role = viewAs as ViewRole;
  return { roles: role === "member" ? [] : [role], viewing: { role, held: [...held] } };
}

/** The principal for a request that changes something: of what it sees, only what its account holds. */
export function narrowForChange(principal: Principal): Principal {
  const viewing = principal.viewing ?? null;
  return viewing === null ? principal : { ...principal, roles: principal.roles.filter((role) => viewing.held.includes(role)) };
}
