/** Every event of the audit trail, `source:subject:action`. */
export const AUDIT_NAMES = [
  "accounts:user:create", "accounts:user:grant", "accounts:session:create", "accounts:session:end", "accounts:link:create",
  "accounts:token:create", "accounts:token:revoke", "accounts:publisher:create", "accounts:member:add",
  "trust:key:add", "trust:key:revoke",
  "submissions:submission:submit", "submissions:submission:move", "submissions:submission:withdraw", "submissions:submission:supersede",
  "review:submission:claim", "review:submission:decide", "review:policy:set",
  "catalog:listing:create", "catalog:version:publish", "catalog:version:yank", "catalog:version:unyank", "catalog:version:deprecate",
  "jobs:job:retry", "admin:instance:read-only",
] as const;
export type AuditName = (typeof AUDIT_NAMES)[number];
