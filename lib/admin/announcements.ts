import { setTimeout as delay } from "node:timers/promises";
import { requireStepUp, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { badRequest, notFound } from "#lib/http/index.ts";
import { isId, newId, processWide, type Db } from "#lib/platform/index.ts";
import { health, type Deps } from "#lib/runtime/index.ts";
import type { AnnouncementView } from "./schema.ts";

const SHOWN = 3;
const KEPT = 100;
/** Together with what pages are kept for, a new one is on every page within ten seconds. */
const FRESH_MS = 1_000;
/** No page waits longer for it: a database that hangs is noticed later than that. */
const PATIENCE_MS = 500;

/** Tells every visitor something, from now until `endsAt` or until it is ended. */
export async function createAnnouncement(deps: Deps, input: { principal: Principal; tone: "info" | "warning"; text: string; endsAt: Date | null }): Promise<AnnouncementView> {
  await requireStepUp(deps, input.principal);
  const now = deps.now();
  if (input.endsAt !== null && input.endsAt <= now) throw badRequest("The end lies in the past.");
  return await deps.db.$transaction(async (tx) => {
    const row = await tx.announcement.create({ data: { id: newId(), tone: input.tone, text: input.text, startsAt: now, endsAt: input.endsAt, createdById: input.principal.userId } });
    await recordEvent(tx, { name: "admin:announcement:create", subject: `announcement:${row.id}`, actorId: input.principal.userId, data: { tone: row.tone, text: row.text } });
    return view(row);
  });
}

/** Ends an announcement; ending it twice keeps the first end. Throws `not-found`. */
export async function endAnnouncement(deps: Deps, input: { principal: Principal; id: string; reason: string }): Promise<AnnouncementView> {
  await requireStepUp(deps, input.principal);
  const now = deps.now();
  return await deps.db.$transaction(async (tx) => {
    const row = isId(input.id) ? await tx.announcement.findUnique({ where: { id: input.id } }) : null;
    if (row === null) throw notFound(`Announcement \`${input.id}\``);
    const { count } = await tx.announcement.updateMany({ where: { id: row.id, OR: [{ endsAt: null }, { endsAt: { gt: now } }] }, data: { endsAt: now } });
    if (count === 1) await recordEvent(tx, { name: "admin:announcement:end", subject: `announcement:${row.id}`, actorId: input.principal.userId, data: { reason: input.reason } });
    return view(await tx.announcement.findUniqueOrThrow({ where: { id: row.id } }));
  });
}

/** Announcements of today and before, newest first. */
export async function listAnnouncements(deps: { db: Db }): Promise<AnnouncementView[]> {
  return (await deps.db.announcement.findMany({ orderBy: { startsAt: "desc" }, take: KEPT })).map(view);
}

/** What every page says now, newest first; asked of the database once a second at most, and the last answer while it is away. */
export async function currentAnnouncements(deps: Deps): Promise<AnnouncementView[]> {
  const slot = processWide<{ at: number; items: AnnouncementView[]; reading: Promise<void> }>("announcements", () => ({ at: 0, items: [], reading: Promise.resolve() }));
  if (Date.now() - slot.at >= FRESH_MS && health().database) {
    slot.at = Date.now();
    slot.reading = readCurrent(deps).then(
      (items) => void (slot.items = items),
      () => undefined,
    );
  }
  const stop = new AbortController();
  await Promise.race([slot.reading, delay(PATIENCE_MS, undefined, { signal: stop.signal }).catch(() => undefined)]);
  stop.abort();
  return slot.items;
}

async function readCurrent(deps: Deps): Promise<AnnouncementView[]> {
  const now = deps.now();
  const rows = await deps.db.announcement.findMany({ where: { startsAt: { lte: now }, OR: [{ endsAt: null }, { endsAt: { gt: now } }] }, orderBy: { startsAt: "desc" }, take: SHOWN });
  return rows.map(view);
}

function view(row: { id: string; tone: string; text: string; startsAt: Date; endsAt: Date | null }): AnnouncementView {
  return { id: row.id, tone: row.tone as AnnouncementView["tone"], text: row.text, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt?.toISOString() ?? null };
}
