import type { QueueItemView } from "#lib/submissions/schema.ts";

export const QUEUE_ORDERS = ["age", "risk"] as const;
export type QueueOrder = (typeof QUEUE_ORDERS)[number];

const RISK_RANK = { high: 3, medium: 2, low: 1, none: 0 } as const satisfies Record<QueueItemView["highestRisk"], number>;

/** The queue in the order asked for: oldest first, or highest risk first and then oldest. */
export function sortQueue(items: readonly QueueItemView[], order: QueueOrder): QueueItemView[] {
  const byAge = (a: QueueItemView, b: QueueItemView) => a.queuedAt.localeCompare(b.queuedAt);
  if (order === "age") return items.toSorted(byAge);
  return items.toSorted((a, b) => RISK_RANK[b.highestRisk] - RISK_RANK[a.highestRisk] || b.findings.H - a.findings.H || byAge(a, b));
}
