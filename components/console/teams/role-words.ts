import type { PublisherRole } from "#lib/accounts/schema.ts";

/** What each role may do, in one sentence. */
export const ROLE_WORDS = {
  owner: "Everything: members, keys, domains, handing listings over.",
  maintainer: "Publishes, yanks and deprecates.",
  viewer: "Sees submissions and members.",
} as const satisfies Record<PublisherRole, string>;
