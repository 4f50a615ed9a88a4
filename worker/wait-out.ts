import { setTimeout as delay } from "node:timers/promises";
import { RegistryError } from "#lib/http/index.ts";
import { within } from "#lib/platform/index.ts";
import { lookAgain, translateFault, type Deps } from "#lib/runtime/index.ts";

const AGAIN_MS = 1_000;
/** Tries that fail as if something were away although all of it answers: the fault is then the job's own. */
const MOST_WITHOUT_OUTAGE = 3;

/**
 * Does a job's work, and while the database or the object store is away does it again every second until that is back
 * or `signal` aborts. An outage so costs a job none of its attempts, and its end no pause between them: jobs that wait
 * behind it are not taken meanwhile. Every other fault is thrown, as is a try that takes longer than `seconds`.
 */
export async function waitOut(deps: Deps, job: { name: string; seconds: number }, signal: AbortSignal, work: () => Promise<unknown>): Promise<void> {
  for (let answered = 0, said = false; ; said = true) {
    try {
      await within(job.seconds * 1000, work());
      return;
    } catch (error) {
      if (signal.aborted || !isAway(error)) throw error;
      const { database, storage } = await lookAgain();
      if (database && storage && ++answered >= MOST_WITHOUT_OUTAGE) throw error;
      if (!said) deps.logger.warn({ err: error, job: job.name }, "a job waits for the end of an outage");
    }
    await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

function isAway(error: unknown): boolean {
  const known = translateFault(error);
  return known instanceof RegistryError && known.code === "unavailable";
}
