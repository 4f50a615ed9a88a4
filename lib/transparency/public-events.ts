import type { LeafType } from "@kosmarket/kit";
import type { AuditName } from "#lib/audit/index.ts";

/**
 * Which events of the audit trail are public, and the leaf that tells of each; null for what concerns an account, a
 * token or a submission that nobody has decided on. A move is told only of a submission that was decided before.
 */
export const PUBLIC_EVENTS = {
  "admin:instance:read-only": null,
  "jobs:job:retry": null,
  "accounts:user:create": null,
  "accounts:user:grant": null,
  "accounts:session:create": null,
  "accounts:session:end": null,
  "accounts:link:create": null,
  "accounts:token:create": null,
  "accounts:token:revoke": null,
  "accounts:publisher:create": "publisher-created",
  "accounts:member:add": null,
  "accounts:user:update": null,
  "accounts:user:suspend": null,
  "accounts:user:restore": null,
  "accounts:user:revoke-role": null,
  "accounts:user:export": null,
  "accounts:user:delete": null,
  "accounts:email:request": null,
  "accounts:email:change": null,
  "accounts:email:undo": null,
  "accounts:identity:link": null,
  "accounts:identity:unlink": null,
  "accounts:session:end-all": null,
  "accounts:session:step-up": null,
  "accounts:session:view-as": null,
  "accounts:factor:add": null,
  "accounts:factor:remove": null,
  "accounts:factor:undo": null,
  "accounts:factor:use-recovery-code": null,
  "accounts:token:report-leak": null,
  "accounts:device:approve": null,
  "accounts:device:deny": null,
  "accounts:publisher:update": null,
  "accounts:publisher:suspend": "publisher-suspended",
  "accounts:publisher:restore": "publisher-restored",
  "accounts:publisher:hand-over": "publisher-handed-over",
  "accounts:invitation:create": null,
  "accounts:invitation:accept": null,
  "accounts:invitation:decline": null,
  "accounts:invitation:revoke": null,
  "accounts:member:set-role": null,
  "accounts:member:remove": null,
  "accounts:member:leave": null,
  "accounts:claim:file": null,
  "accounts:claim:object": null,
  "accounts:claim:decide": null,
  "trust:name:request": null,
  "trust:name:cancel": null,
  "trust:name:prove": "name-proven",
  "trust:name:lose": "name-lost",
  "trust:name:remove": "name-lost",
  "catalog:transfer:offer": null,
  "catalog:transfer:decline": null,
  "catalog:transfer:withdraw": null,
  "catalog:listing:transfer": "listing-transferred",
  "catalog:advisories:import": null,
  "catalog:names:import": null,
  "admin:announcement:create": null,
  "admin:announcement:end": null,
  "admin:mail:retry": null,
  "trust:key:add": "key-added",
  "trust:key:revoke": "key-revoked",
  "submissions:submission:submit": null,
  "submissions:submission:move": "submission-moved",
  "submissions:submission:withdraw": null,
  "submissions:submission:supersede": null,
  "review:submission:claim": null,
  "review:submission:decide": "submission-decided",
  "review:policy:set": "policy-set",
  "catalog:listing:create": "listing-created",
  "catalog:version:publish": "version-published",
  "catalog:version:yank": "version-yanked",
  "catalog:version:unyank": "version-unyanked",
  "catalog:version:deprecate": "version-deprecated",
} as const satisfies Record<AuditName, LeafType | null>;

/** Public events that no other row tells of: their facts stand in the event itself. */
export const TOLD_BY_EVENT = [
  "review:policy:set", "catalog:version:yank", "catalog:version:unyank", "catalog:version:deprecate", "catalog:listing:transfer",
  "accounts:publisher:suspend", "accounts:publisher:restore", "accounts:publisher:hand-over", "trust:name:prove", "trust:name:lose", "trust:name:remove",
] as const satisfies readonly AuditName[];

/** States that end a submission: told where it had been decided on, since its decision is public already. */
export const PUBLIC_ENDS = ["withdrawn", "superseded", "expired"] as const;
/** States that only a decision reaches: leaving one takes the decision back. */
export const PUBLIC_REVERSALS = ["rejected"] as const;
