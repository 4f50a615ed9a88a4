import { warnOfExpiringTokens } from "#lib/accounts/index.ts";
import { ageDownloads } from "#lib/analytics/index.ts";
import { removeEnded, removeOutdated } from "#lib/people/index.ts";
import { moveSubmission } from "#lib/submissions/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { queueRechecks } from "#lib/trust/index.ts";

const EVERY_MS = 60_000;
const RETENTION_EVERY_MS = 3_600_000;
/** Looks at every download of thirty days: not for every minute. */
const AGE_EVERY_MS = 3_600_000;
const WARN_EVERY_MS = 3_600_000;
/** Proofs of names are due once a day each; this is how often a worker asks which. */
const NAMES_EVERY_MS = 600_000;
const DRAFT_MINUTES = 3;
/** An upload's completion may still be reading what was staged when its address expired. */
const STAGED_GRACE_MINUTES = 60;
const MOST_STAGED = 500;

/**
 * What time alone makes due, once a minute in every worker and safe to run twice: drafts whose upload never finished
 * free their version, staged uploads that nobody submitted leave the store, and what is kept about people goes when the
 * privacy page says so. Once an hour old downloads go out of the thirty-day totals, and owners hear of tokens that end
 * soon. Proofs of names that are due are queued for another look.
 */
export function keepHouse(deps: Deps, signal: AbortSignal): void {
  repeat(deps, signal, EVERY_MS, sweep);
  repeat(deps, signal, AGE_EVERY_MS, ageDownloads);
  repeat(deps, signal, RETENTION_EVERY_MS, removeOutdated);
  repeat(deps, signal, WARN_EVERY_MS, warnOfExpiringTokens);
  repeat(deps, signal, NAMES_EVERY_MS, queueRechecks);
}

function repeat(deps: Deps, signal: AbortSignal, ms: number, work: (deps: Deps) => Promise<unknown>): void {
  const run = () => work(deps).catch((error: unknown) => deps.logger.warn({ err: error }, "housekeeping"));
  void run();
  const timer = setInterval(() => void run(), ms);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

async function sweep(deps: Deps): Promise<void> {
  const now = deps.now();
  const drafts = await deps.db.submission.findMany({ where: { state: "draft", submittedAt: { lt: new Date(now.getTime() - DRAFT_MINUTES * 60_000) } }, select: { id: true } });
  for (const { id } of drafts) await deps.db.$transaction((tx) => moveSubmission(tx, { id, to: "expired", by: "system", actorId: null, now }));
  const staged = await deps.db.upload.findMany({ where: { expiresAt: { lt: new Date(now.getTime() - STAGED_GRACE_MINUTES * 60_000) } }, take: MOST_STAGED });
  for (const { id, stagingKey } of staged) {
    await deps.store.delete(stagingKey);
    await deps.db.upload.deleteMany({ where: { id } });
  }
  await removeEnded(deps);
}
