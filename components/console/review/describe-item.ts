import type { QueueItemView } from "#lib/submissions/schema.ts";
import { describeCount } from "#components/console/describe-amount.ts";

/** The findings of a queued submission in a few words: `1 blocks, 2 hold`. */
export function describeFindings({ B, H, W, I }: QueueItemView["findings"]): string {
  const parts = [
    B > 0 ? `${B} block` : null,
    H > 0 ? `${H} hold` : null,
    W > 0 ? describeCount(W, "warning") : null,
    I > 0 ? describeCount(I, "note") : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "none" : parts.join(", ");
}

/** Who holds a submission, in a few words; null while nobody does. */
export function describeClaim(claim: QueueItemView["claim"]): string | null {
  if (claim === null) return null;
  return claim.mine ? "claimed by you" : `claimed by ${claim.by}`;
}
