/** How a person is named whose account was deleted. */
export const DELETED_ACCOUNT = "a deleted account";

/**
 * How pages and the public record name a person: the chosen name, else a short form of the account's id. No part of
 * the address ever appears, since the record is for ever.
 */
export function displayName(user: { id: string; name: string | null; deletedAt?: Date | null } | null): string {
  return user === null || (user.deletedAt ?? null) !== null ? DELETED_ACCOUNT : (user.name ?? `account ${user.id.slice(-8)}`);
}
