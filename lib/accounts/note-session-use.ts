import { processWide, type Db } from "#lib/platform/index.ts";
import type { SessionPlace } from "./session-place.ts";

const PRECISION_MS = 60_000;
/** A process forgets what it wrote when it remembers this many; the statement below still writes once a minute at most. */
const REMEMBERED = 20_000;
const written = processWide("session-uses", () => new Map<string, number>());

/**
 * Notes that a session was used, from where: at most once a minute, whichever process asks. Never throws and is not
 * waited for: a page is read whether or not the database takes the note.
 */
export async function noteSessionUse(db: Db, input: { sessionId: string; place: () => SessionPlace; now: Date }): Promise<void> {
  const at = input.now.getTime();
  if (at - (written.get(input.sessionId) ?? -Infinity) < PRECISION_MS) return;
  if (written.size >= REMEMBERED) written.clear();
  written.set(input.sessionId, at);
  const stale = new Date(at - PRECISION_MS);
  await db.session
    .updateMany({ where: { id: input.sessionId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: stale } }] }, data: { lastUsedAt: input.now, ...input.place() } })
    .catch(() => written.delete(input.sessionId));
}
