import type { QueueItemView } from "#lib/submissions/schema.ts";

/** The id of the submission after (`1`) or before (`-1`) another in the queue, or null at its end. One that left the queue continues at the start. */
export function neighbourIn(items: readonly QueueItemView[], id: string, step: 1 | -1): string | null {
  const at = items.findIndex((item) => item.id === id);
  if (at === -1) return step === 1 ? (items[0]?.id ?? null) : null;
  return items[at + step]?.id ?? null;
}
