import type { Principal } from "#lib/accounts/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import type { Tx } from "#lib/platform/index.ts";

/**
 * The accounts that administer this instance, locked until the transaction ends: two administrators who remove each
 * other at once are one after the other, and the second finds out.
 */
export async function lockAdministrators(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT u."id"::text AS id FROM "User" u JOIN "UserRole" r ON r."userId" = u."id"
    WHERE r."role" = 'administrator' AND u."suspendedAt" IS NULL AND u."deletedAt" IS NULL ORDER BY u."id" FOR NO KEY UPDATE`;
  return rows.map((row) => row.id);
}

/** Throws `forbidden` unless the principal still administers by now: its request may have waited for the lock. */
export function requireStillAdministrator(administrators: readonly string[], principal: Principal): void {
  if (principal.via === "operator" || administrators.includes(principal.userId)) return;
  throw new RegistryError("forbidden", "This needs the role `administrator`.");
}

/** Throws `move-not-allowed` when nobody would administer the instance without this account. */
export function requireAnotherAdministrator(administrators: readonly string[], userId: string): void {
  if (!administrators.includes(userId) || administrators.length > 1) return;
  throw new RegistryError("move-not-allowed", "The last administrator stays: make someone else an administrator first.");
}
