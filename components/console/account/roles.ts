import type { InstanceRole } from "#lib/accounts/schema.ts";

const REVIEWING_ROLES: ReadonlySet<InstanceRole> = new Set(["reviewer", "security", "council", "administrator"]);

/** Whether the review desk is for this person. Only decides what a page shows; the server decides each request again. */
export function mayReview(roles: readonly InstanceRole[]): boolean {
  return roles.some((role) => REVIEWING_ROLES.has(role));
}

/** Whether claims of names wait for this person's decision. */
export function mayDecideClaims(roles: readonly InstanceRole[]): boolean {
  return roles.includes("council") || roles.includes("administrator");
}
