import type { InstanceRole, TokenScope } from "#lib/accounts/schema.ts";
import { mayReview } from "#components/console/account/roles.ts";

export interface ScopeChoice {
  scope: TokenScope;
  label: string;
  meaning: string;
}

const EVERYONE: readonly ScopeChoice[] = [
  { scope: "publish", label: "Publish", meaning: "Send new versions for your publishers." },
  { scope: "yank", label: "Yank", meaning: "Yank, unyank and deprecate versions." },
  { scope: "keys", label: "Keys", meaning: "Register and revoke signing keys." },
  { scope: "read", label: "Read", meaning: "Read your submissions and other things only you can see." },
];
const REVIEWERS: readonly ScopeChoice[] = [
  { scope: "review:decide", label: "Decide reviews", meaning: "Claim and decide submissions. Ends after a day." },
];
const ADMINISTRATORS: readonly ScopeChoice[] = [{ scope: "admin", label: "Administer", meaning: "What an administrator does, except roles, the policy and suspensions. Ends after a day." }];

/** The scopes worth offering a person: a token binds its owner's rights and never widens them. */
export function grantableScopes(roles: readonly InstanceRole[]): ScopeChoice[] {
  return [...EVERYONE, ...(mayReview(roles) ? REVIEWERS : []), ...(roles.includes("administrator") ? ADMINISTRATORS : [])];
}
