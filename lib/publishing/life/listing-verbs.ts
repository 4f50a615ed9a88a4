import type { PublisherRight } from "#lib/accounts/index.ts";
import type { AuditName } from "#lib/audit/index.ts";
import type { Prisma } from "#lib/platform/index.ts";

export type ListingVerb = "hide" | "show" | "deprecate" | "undeprecate" | "delete";

export interface ListingFacts {
  hiddenAt: Date | null;
  deprecatedAt: Date | null;
  latestVersion: string | null;
}

export interface VerbInput {
  now: Date;
  reason: string;
  successor: string | null;
  until: Date | null;
}

interface Verb {
  /** Who may use it, in the words of the publisher's table of rights. */
  right: PublisherRight;
  event: AuditName;
  /** What must hold, in words; `refuses` says it of a row. What needs other rows is in `change-listing.ts`. */
  holds: string;
  refuses: (listing: ListingFacts) => string | null;
  change: (input: VerbInput) => Prisma.ListingUpdateInput;
}

/**
 * What a publisher may do with a whole listing. None of them touches what a moderator did: all are refused while the
 * listing is quarantined or removed.
 */
export const LISTING_VERBS = {
  hide: {
    right: "yank",
    event: "catalog:listing:hide",
    holds: "it is shown; hosts that have it still get its updates from the feed",
    refuses: ({ hiddenAt }) => (hiddenAt === null ? null : "It is hidden already."),
    change: ({ now, reason }) => ({ hiddenAt: now, hiddenReason: reason }),
  },
  show: {
    right: "yank",
    event: "catalog:listing:show",
    holds: "it is hidden",
    refuses: ({ hiddenAt }) => (hiddenAt === null ? "It is not hidden." : null),
    change: () => ({ hiddenAt: null, hiddenReason: null }),
  },
  deprecate: {
    right: "yank",
    event: "catalog:listing:deprecate",
    holds: "its successor, where it names one, can be installed and is not deprecated; the notice is 90 days or longer, and a later one never shorter than one that was given",
    refuses: () => null,
    change: ({ now, reason, successor, until }) => ({ deprecatedAt: now, deprecationReason: reason, successor, deprecationEndsAt: until }),
  },
  undeprecate: {
    right: "yank",
    event: "catalog:listing:undeprecate",
    holds: "it is deprecated",
    refuses: ({ deprecatedAt }) => (deprecatedAt === null ? "It is not deprecated." : null),
    change: () => ({ deprecatedAt: null, deprecationReason: null, successor: null, deprecationEndsAt: null }),
  },
  delete: {
    right: "keys",
    event: "catalog:listing:delete",
    holds: "its first version is at most 72 hours old, no other listing needs it, and no submission of it is open",
    refuses: () => null,
    change: ({ now, reason }) => ({ deletedAt: now, moderation: "removed", moderationReason: `Deleted by its publisher on ${now.toISOString().slice(0, 10)}. ${reason}` }),
  },
} as const satisfies Record<ListingVerb, Verb>;
