import { setImmediate as nextTurn, setTimeout as delay } from "node:timers/promises";

const MOST_UNDER_WAY = 3_000;

/**
 * Starts `work` so many times a second, whether or not the earlier ones have ended, as strangers do; resolves when
 * `signal` was aborted and all have ended. A machine that falls behind leaves starts out rather than catching up.
 */
export async function steadily(perSecond: number, signal: AbortSignal, work: (n: number) => Promise<unknown>): Promise<void> {
  if (perSecond <= 0) return;
  const underWay = new Set<Promise<unknown>>();
  let due = performance.now();
  for (let n = 0; !signal.aborted; n++) {
    due = Math.max(due + 1000 / perSecond, performance.now() - 250);
    const wait = due - performance.now();
    if (wait > 1) await delay(wait, undefined, { signal }).catch(() => undefined);
    else await nextTurn();
    if (signal.aborted || underWay.size >= MOST_UNDER_WAY) continue;
    const one: Promise<unknown> = work(n).finally(() => underWay.delete(one));
    underWay.add(one);
  }
  await Promise.allSettled(underWay);
}
