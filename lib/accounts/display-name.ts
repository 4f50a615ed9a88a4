/**
 * How pages and the public record name a person: the chosen name, else a short form of the account's id. No part of
 * the address ever appears, since the record is for ever.
 */
export function displayName(user: { id: string; name: string | null } | null): string {
  return user === null ? "a deleted account" : (user.name ?? `account ${user.id.slice(-8)}`);
}
