import type { Facts } from "./facts.ts";

interface EventRow {
  name: string;
  subject: string;
  at: Date;
  data: unknown;
}

const CHANGES = {
  "catalog:listing:hide": "hidden",
  "catalog:listing:show": "shown",
  "catalog:listing:deprecate": "deprecated",
  "catalog:listing:undeprecate": "undeprecated",
  "catalog:listing:delete": "deleted",
} as const;

/** What a leaf says of an event that no other row keeps; null for events that are not told this way. */
export function eventFacts(row: EventRow, submission: { id: string; listingSlug: string; version: string } | null): Facts | null {
  const at = row.at.toISOString();
  const data = row.data as Partial<Record<string, string | null>>;
  const [, subject = ""] = /^[^:]+:(.*)$/s.exec(row.subject) ?? [];
  const flag = { at, listing: subject, version: data["version"] ?? "", reason: data["reason"] ?? "" };
  switch (row.name) {
    case "catalog:version:yank":
      return { type: "version-yanked", ...flag };
    case "catalog:version:unyank":
      return { type: "version-unyanked", ...flag };
    case "catalog:version:deprecate":
      return { type: "version-deprecated", ...flag, successor: data["successor"] ?? null };
    case "catalog:version:undeprecate":
      return { type: "version-undeprecated", ...flag };
    case "catalog:version:delete":
      return { type: "version-deleted", ...flag };
    case "catalog:listing:hide":
    case "catalog:listing:show":
    case "catalog:listing:deprecate":
    case "catalog:listing:undeprecate":
    case "catalog:listing:delete":
      return { type: "listing-changed", at, listing: subject, change: CHANGES[row.name], reason: data["reason"] ?? "", successor: data["successor"] ?? null, until: data["until"] ?? null };
    case "review:policy:set":
      return { type: "policy-set", at, policy: subject, policyRevision: data["pinned"] ?? "" };
    case "catalog:listing:transfer":
      return { type: "listing-transferred", at, listing: subject, from: data["from"] ?? "", to: data["to"] ?? "", cause: data["cause"] === "claim" ? "claim" : "offer" };
    case "accounts:publisher:suspend":
      return { type: "publisher-suspended", at, publisher: subject, reason: data["reason"] ?? "" };
    case "accounts:publisher:restore":
      return { type: "publisher-restored", at, publisher: subject, reason: data["reason"] ?? "" };
    case "accounts:publisher:hand-over":
      return { type: "publisher-handed-over", at, publisher: subject, reason: data["reason"] ?? "" };
    case "trust:name:prove":
      return { type: "name-proven", at, publisher: subject, domain: data["domain"] ?? "", method: data["method"] === "dns" ? "dns" : "well-known" };
    case "trust:name:lose":
    case "trust:name:remove":
      return { type: "name-lost", at, publisher: subject, domain: data["domain"] ?? "", reason: data["reason"] ?? "" };
    case "submissions:submission:move":
      if (submission === null) return null;
      return { type: "submission-moved", at, listing: submission.listingSlug, version: submission.version, submission: submission.id, from: data["from"] ?? "", to: data["to"] ?? "" };
    default:
      return null;
  }
}
