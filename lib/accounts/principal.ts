import { RegistryError } from "#lib/http/index.ts";
import type { InstanceRole, TokenScope } from "./schema.ts";

/** Who acts: read from the stored session, token and roles, never from the request. */
export interface Principal {
  userId: string;
  email: string;
  name: string | null;
  roles: InstanceRole[];
  via: "session" | "token" | "operator";
  /** Null for a session, which has all its owner's rights. */
  scopes: TokenScope[] | null;
  /** When the person last proved who they are; null for a token. */
  authenticatedAt: Date | null;
}

/** A sign-in this recent stands in for a second factor while none is set up. */
const RECENT_SIGN_IN_MS = 60 * 60 * 1000;

/** Throws `forbidden` unless the principal's token carries the scope; a session has every scope. */
export function requireScope(principal: Principal, scope: TokenScope): void {
  if (principal.scopes === null || principal.scopes.includes(scope)) return;
  throw new RegistryError("forbidden", `This token has the scopes ${principal.scopes.map((name) => `\`${name}\``).join(", ")}; it needs \`${scope}\`.`);
}

/** Throws `forbidden` unless the principal holds one of the roles. */
export function requireRole(principal: Principal, roles: readonly InstanceRole[]): void {
  if (roles.some((role) => principal.roles.includes(role))) return;
  throw new RegistryError("forbidden", `This needs the role ${roles.map((role) => `\`${role}\``).join(" or ")}.`);
}

/** Throws `step-up-required` when a session's sign-in is older than an hour. A token passes: one that may decide or administer is issued after such a sign-in only. */
export function requireRecentSignIn(principal: Principal, now: Date): void {
  if (principal.via !== "session") return;
  if (principal.authenticatedAt !== null && now.getTime() - principal.authenticatedAt.getTime() <= RECENT_SIGN_IN_MS) return;
  throw new RegistryError("step-up-required", "This needs a sign-in within the last hour: sign out, sign in again and repeat it.");
}
