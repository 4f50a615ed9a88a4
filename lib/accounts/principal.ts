import { RegistryError } from "#lib/http/index.ts";
import type { InstanceRole, TokenScope, ViewRole, WorkflowIdentityView } from "./schema.ts";

/** Who acts: read from the stored session, token and roles, never from the request. */
export interface Principal {
  userId: string;
  email: string;
  name: string | null;
  roles: InstanceRole[];
  via: "session" | "token" | "operator";
  /** Null for a session, which has all its owner's rights. */
  scopes: TokenScope[] | null;
  /** Listings that a token may change; null for all of its owner's. */
  listings: string[] | null;
  /** The stored session's id; null for a token and for the operator. */
  sessionId: string | null;
  /** When the person last proved who they are; null for a token. */
  authenticatedAt: Date | null;
  /** When a second factor was last proven in this session; null for never and for a token. */
  steppedUpAt: Date | null;
  /** The role whose view an administrator chose to see, and the roles that the account holds; `roles` is then what is shown. */
  viewing?: { role: ViewRole; held: InstanceRole[] } | null;
  /** For the token of a build workflow: the one publisher that it publishes for, and the run that asked. Nothing but publishing is open to it. */
  workflow?: { publisher: string; identity: WorkflowIdentityView } | null;
}

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

/**
 * Throws `forbidden` where the principal's token is for other listings; asked wherever a listing is changed, behind
 * `requireScope` and `requireMember`. What is for all listings of its owner passes.
 */
export function requireListing(principal: Principal, slug: string): void {
  if (principal.listings === null || principal.listings.includes(slug)) return;
  throw new RegistryError("forbidden", `This token is for ${listed(principal.listings)} only, not for \`${slug}\`.`);
}

/** Throws `forbidden` for a token that is for some listings only: keys, members and publishers are above listings. */
export function requireUnrestricted(principal: Principal): void {
  if (principal.listings === null) return;
  throw new RegistryError("forbidden", `This token is for ${listed(principal.listings)} only; keys, members and publishers take a token without that restriction.`);
}

const listed = (slugs: string[]) => slugs.map((slug) => `\`${slug}\``).join(", ");

/** Throws `forbidden` for a token: roles, the policy and standing are changed by a person in a browser or the operator at the machine. */
export function refuseTokens(principal: Principal): void {
  if (principal.via === "token") throw new RegistryError("forbidden", "A token cannot do this: sign in with a browser.");
}

/** The id of the stored session. Throws `forbidden` for a token: what concerns signing in is done by a person in a browser. */
export function requireSession(principal: Principal): string {
  if (principal.via === "session" && principal.sessionId !== null) return principal.sessionId;
  throw new RegistryError("forbidden", "A token cannot do this: sign in with a browser.");
}
