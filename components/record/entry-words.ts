import type { RecordEntryView } from "#lib/transparency/schema.ts";

type Leaf = RecordEntryView["leaf"];

const DECISIONS = { approve: "approved", request_changes: "asked for changes to", reject: "rejected" } as const;
const CHANGES = { hidden: "Hidden by its publisher", shown: "Shown again", deprecated: "Deprecated", undeprecated: "Deprecation taken back", deleted: "Deleted by its publisher" } as const;

/** One entry as a sentence without its listing's name, which stands beside it as a link. */
export function entryWords(leaf: Leaf): string {
  switch (leaf.type) {
    case "publisher-created":
      return `Publisher ${leaf.publisher} registered`;
    case "listing-created":
      return `Listing opened by ${leaf.publisher}`;
    case "version-published":
      return `Version ${leaf.version} published, signed by ${leaf.signer === "publisher" ? leaf.publisher : "the registry"}`;
    case "version-yanked":
      return `Version ${leaf.version} yanked: ${leaf.reason}`;
    case "version-unyanked":
      return `Yank of version ${leaf.version} taken back: ${leaf.reason}`;
    case "version-deprecated":
      return `Version ${leaf.version} deprecated: ${leaf.reason}`;
    case "version-undeprecated":
      return `Deprecation of version ${leaf.version} taken back: ${leaf.reason}`;
    case "version-deleted":
      return `Version ${leaf.version} deleted by its publisher: ${leaf.reason}`;
    case "listing-changed":
      return `${CHANGES[leaf.change]}: ${leaf.reason}`;
    case "submission-decided":
      return `Review ${DECISIONS[leaf.decision]} version ${leaf.version} under the policy ${leaf.policy}`;
    case "submission-moved":
      return `Submission of version ${leaf.version} went from ${leaf.from.replaceAll("_", " ")} to ${leaf.to.replaceAll("_", " ")}`;
    case "key-added":
      return `Publisher ${leaf.publisher} registered the key ${leaf.fingerprint.slice(0, 16)}…`;
    case "key-revoked":
      return `Publisher ${leaf.publisher} revoked the key ${leaf.fingerprint.slice(0, 16)}… (${leaf.reason})`;
    case "listing-transferred":
      return leaf.cause === "claim" ? `Taken over from ${leaf.from} by its vendor, ${leaf.to}` : `Handed over from ${leaf.from} to ${leaf.to}`;
    case "publisher-suspended":
      return `Publisher ${leaf.publisher} suspended: ${leaf.reason}`;
    case "publisher-restored":
      return `Publisher ${leaf.publisher} restored: ${leaf.reason}`;
    case "publisher-handed-over":
      return `Publisher ${leaf.publisher} given to a new owner: ${leaf.reason}`;
    case "name-proven":
      return `Publisher ${leaf.publisher} proved that ${leaf.domain} is its own, by ${leaf.method === "dns" ? "DNS" : "a file on the site"}`;
    case "name-lost":
      return `Publisher ${leaf.publisher} no longer holds ${leaf.domain}: ${leaf.reason}`;
    case "policy-set":
      return `Review policy set to ${leaf.policy} ${leaf.policyRevision}`;
  }
}
