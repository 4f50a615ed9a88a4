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

/** States that end a submission: told where it had been decided on, since its decision is public already. */
export const PUBLIC_ENDS = ["withdrawn", "superseded", "expired"] as const;
/** States that only a decision reaches: leaving one takes the decision back. */
export const PUBLIC_REVERSALS = ["rejected"] as const;
