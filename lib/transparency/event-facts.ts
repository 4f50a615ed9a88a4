import type { Facts } from "./facts.ts";

interface EventRow {
  name: string;
  subject: string;
  at: Date;
  data: unknown;
}

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
    case "review:policy:set":
      return { type: "policy-set", at, policy: subject, policyRevision: data["pinned"] ?? "" };
    case "submissions:submission:move":
      if (submission === null) return null;
      return { type: "submission-moved", at, listing: submission.listingSlug, version: submission.version, submission: submission.id, from: data["from"] ?? "", to: data["to"] ?? "" };
    default:
      return null;
  }
}
