import { setTimeout as delay } from "node:timers/promises";
import { listenTo } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { backfillLeaves, RECORD_CHANNEL, RecordContradiction, sequenceLeaves } from "#lib/transparency/index.ts";

const EVERY_MS = 1_000;

/**
 * Keeps the record current until `signal` aborts: first the leaves of what happened without one, then every leaf as it
 * is announced, asking once a second besides. Faults are logged and waited out, but for one: a log that contradicts
 * what it signed stays stopped until a person has looked and started the worker anew.
 */
export async function runSequencer(deps: Deps, signal: AbortSignal): Promise<void> {
  const bell = new Bell();
  const onFault = (error: unknown) => deps.logger.warn({ err: error }, "not listening for leaves; asking instead");
  void listenTo({ databaseUrl: deps.config.databaseUrl, channel: RECORD_CHANNEL, applicationName: "kos-record", signal, onNotice: () => bell.ring(), onFault });
  let complete = false;
  while (!signal.aborted) {
    try {
      complete ||= await completeRecord(deps);
      await sequenceLeaves(deps);
    } catch (error) {
      if (error instanceof RecordContradiction) return deps.logger.fatal({ err: error }, "the record is not extended any more");
      if (!signal.aborted) deps.logger.warn({ err: error }, "the record could not be extended");
    }
    await bell.wait(EVERY_MS, signal);
  }
}

async function completeRecord(deps: Deps): Promise<true> {
  const written = await backfillLeaves(deps);
  if (written > 0) deps.logger.info({ written }, "wrote leaves of what happened before the record");
  return true;
}

/** Rings once for any number of announcements since the last wait. */
class Bell {
  #rung = false;
  #wake: () => void = () => undefined;
  ring(): void {
    this.#rung = true;
    this.#wake();
  }
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung) await Promise.race([new Promise<void>((resolve) => (this.#wake = resolve)), delay(ms, undefined, { signal }).catch(() => undefined)]);
    this.#rung = false;
  }
}
