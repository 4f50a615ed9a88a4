import { metrics } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

/** What is compared of a snapshot: its canonical bytes, and when they were built. */
interface Snapshot {
  builtAt: Date;
  variants: { identity: Buffer };
}

/** Events after which hosts are told something else of a listing. */
const CHANGES = ["catalog:version:publish", "catalog:version:yank", "catalog:version:unyank"];
/** An event's time is its transaction's beginning, and the snapshot may have been read before it ended. */
const OVERLAP_MS = 60_000;
const MOST = 5_000;

/**
 * Counts how long the changes that `current` shows, and `previous` did not, took to reach the memory of this process:
 * from the approval of a published version, from the event itself of everything else. Of several changes to one
 * listing only the last is what the entry shows.
 */
export async function measureVisible(deps: Pick<Deps, "db">, previous: Snapshot, current: Snapshot, loadedAt: Date): Promise<void> {
  const events = await deps.db.auditEvent.findMany({ where: { name: { in: CHANGES }, at: { gt: new Date(previous.builtAt.getTime() - OVERLAP_MS) } }, orderBy: { at: "asc" }, take: MOST });
  const last = new Map(events.map((event) => [event.subject.slice("listing:".length), event]));
  for (const [slug, event] of last) {
    if (entryOf(previous, slug) === entryOf(current, slug)) continue;
    const version = String((event.data as { version?: unknown }).version ?? "");
    const began = event.name === "catalog:version:publish" ? await approvedAt(deps, slug, version) : null;
    metrics().visible.observe(Math.max(0, loadedAt.getTime() - (began ?? event.at).getTime()) / 1000);
  }
}

async function approvedAt(deps: Pick<Deps, "db">, slug: string, version: string): Promise<Date | null> {
  const decision = await deps.db.decision.findFirst({ where: { decision: "approve", submission: { listingSlug: slug, version, state: "published" } }, orderBy: { decidedAt: "desc" } });
  return decision?.decidedAt ?? null;
}

/** The text of one entry of the canonical feed, found without parsing the rest; empty where it has none. */
function entryOf(feed: Snapshot, slug: string): string {
  const bytes = feed.variants.identity;
  const from = bytes.indexOf(`\n "${slug}": {`);
  return from === -1 ? "" : bytes.toString("utf8", from, bytes.indexOf("\n }", from));
}
