/** Every event of the audit trail, `source:subject:action`. */
export const AUDIT_NAMES = [
  "accounts:user:create", "accounts:user:grant", "accounts:session:create", "accounts:session:end", "accounts:link:create",
  "accounts:token:create", "accounts:token:revoke", "accounts:publisher:create", "accounts:member:add",
  "trust:key:add", "trust:key:revoke",
  "submissions:submission:submit", "submissions:submission:move", "submissions:submission:withdraw", "submissions:submission:supersede",
  "review:submission:claim", "review:submission:decide", "review:policy:set",
  "catalog:listing:create", "catalog:version:publish", "catalog:version:yank", "catalog:version:unyank", "catalog:version:deprecate",
  "accounts:user:update", "accounts:user:suspend", "accounts:user:restore", "accounts:user:revoke-role", "accounts:user:export", "accounts:user:delete",
  "accounts:email:request", "accounts:email:change", "accounts:email:undo", "accounts:email:cancel", "accounts:mail:choose", "accounts:identity:link", "accounts:identity:unlink",
  "accounts:session:end-all", "accounts:session:step-up", "accounts:session:view-as", "accounts:factor:add", "accounts:factor:remove", "accounts:factor:undo", "accounts:factor:use-recovery-code",
  "accounts:token:report-leak", "accounts:workflow:trust", "accounts:workflow:confirm", "accounts:workflow:distrust", "accounts:workflow:exchange", "accounts:device:approve", "accounts:device:deny",
  "accounts:publisher:update", "accounts:publisher:suspend", "accounts:publisher:restore", "accounts:publisher:hand-over",
  "accounts:invitation:create", "accounts:invitation:accept", "accounts:invitation:decline", "accounts:invitation:revoke",
  "accounts:member:set-role", "accounts:member:remove", "accounts:member:leave",
  "accounts:claim:file", "accounts:claim:object", "accounts:claim:decide",
  "trust:name:request", "trust:name:cancel", "trust:name:prove", "trust:name:lose", "trust:name:remove",
  "catalog:transfer:offer", "catalog:transfer:decline", "catalog:transfer:withdraw", "catalog:listing:transfer",
  "jobs:job:retry", "admin:instance:read-only", "admin:announcement:create", "admin:announcement:end", "admin:mail:retry",
  "catalog:listing:hide", "catalog:listing:show", "catalog:listing:deprecate", "catalog:listing:undeprecate", "catalog:listing:delete",
  "catalog:version:undeprecate", "catalog:version:delete",
  "catalog:advisories:import", "catalog:names:import",
] as const;
export type AuditName = (typeof AUDIT_NAMES)[number];
