import { setTimeout as delay } from "node:timers/promises";
import { listenTo, processWide } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { FEED_CHANNEL } from "./build-snapshot.ts";
import { feedKey, type Encoding } from "./feed-key.ts";
import { keepFeed, readKeptFeed, type FeedInMemory } from "./kept-feed.ts";
import { measureVisible } from "./measure-visible.ts";

interface Holder {
  current: FeedInMemory | null;
}

const POLL_MS = 3_000;
const MAX_BYTES = 512 * 1024 * 1024;

const holder = (): Holder => processWide("feed", () => ({ current: null }));

/** The snapshot that this process answers with; null until the first one was loaded. */
export function feedInMemory(): FeedInMemory | null {
  return holder().current;
}

/** Loads the newest snapshot when it is newer than the one in memory, and looks which listings are taken down. */
export async function refreshFeed(deps: Deps): Promise<void> {
  const slot = holder();
  const row = await deps.db.feedSnapshot.findFirst({ orderBy: { seq: "desc" } });
  if (row === null) return;
  if (slot.current !== null && slot.current.seq >= row.seq) return await refreshWithheld(deps, slot.current);
  const [identity, gzip, br] = await Promise.all((["identity", "gzip", "br"] as const).map((encoding) => load(deps, row.seq, encoding)));
  if (identity === undefined || gzip === undefined || br === undefined) return;
  const withheld = await readWithheld(deps);
  if (slot.current !== null && slot.current.seq >= row.seq) return;
  const previous = slot.current;
  slot.current = { seq: row.seq, sha256: row.sha256, entries: row.entries, builtAt: row.builtAt, withheld, variants: { identity, gzip, br } };
  if (previous !== null) await measureVisible(deps, previous, slot.current, new Date()).catch((error: unknown) => deps.logger.warn({ err: error }, "the feed's way here was not measured"));
  await keepFeed(deps, slot.current).catch((error: unknown) => deps.logger.warn({ err: error }, "the feed could not be kept on disk"));
}

async function readWithheld(deps: Deps): Promise<Set<string>> {
  // Two questions that an index answers each: this is asked every few seconds.
  const rows = await deps.db.$queryRaw<{ slug: string }[]>`
    SELECT l."slug" AS slug FROM "Listing" l WHERE l."moderation" <> 'none'
    UNION SELECT l."slug" FROM "Publisher" p JOIN "Listing" l ON l."publisherId" = p."id" WHERE p."suspendedAt" IS NOT NULL`;
  return new Set(rows.map(({ slug }) => slug));
}

/** A takedown of what the feed never named builds no snapshot: it is noticed all the same. */
async function refreshWithheld(deps: Deps, feed: FeedInMemory): Promise<void> {
  const found = await readWithheld(deps);
  if (found.size === feed.withheld.size && found.isSubsetOf(feed.withheld)) return;
  feed.withheld = found;
  await keepFeed(deps, feed).catch((error: unknown) => deps.logger.warn({ err: error }, "the feed could not be kept on disk"));
}

/** The first load of a process. With database or store away, the snapshot that this machine kept answers until they are back. */
export async function loadFeed(deps: Deps): Promise<void> {
  try {
    await refreshFeed(deps);
  } catch (error) {
    const slot = holder();
    slot.current ??= await readKeptFeed(deps);
    deps.logger.warn({ err: error, sequence: slot.current === null ? null : Number(slot.current.seq) }, slot.current === null ? "starting without a feed" : "starting with the feed that was kept on disk");
  }
}

async function load(deps: Deps, seq: bigint, encoding: Encoding): Promise<Buffer> {
  const bytes = await deps.store.getBytes(feedKey(seq, encoding), MAX_BYTES);
  if (bytes === null) throw new Error(`feed snapshot ${seq} is not in the store`);
  return Buffer.from(bytes);
}

/**
 * Keeps the snapshot in memory current until `signal` aborts: told by NOTIFY within milliseconds, asking every few
 * seconds as a net. Faults are logged and waited out; the last snapshot keeps answering.
 */
export function followFeed(deps: Deps, signal: AbortSignal): void {
  void listenTo({
    databaseUrl: deps.config.databaseUrl,
    channel: FEED_CHANNEL,
    applicationName: "kos-feed",
    signal,
    onReady: () => refreshFeed(deps),
    onNotice: () => void refreshOrWarn(deps),
    onFault: (error) => deps.logger.warn({ err: error }, "not listening for feed changes; asking instead"),
  });
  void poll(deps, signal);
}

async function poll(deps: Deps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await refreshOrWarn(deps);
    await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function refreshOrWarn(deps: Deps): Promise<void> {
  await refreshFeed(deps).catch((error: unknown) => deps.logger.warn({ err: error }, "the feed could not be refreshed"));
}
