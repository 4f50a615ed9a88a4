import { setTimeout as delay } from "node:timers/promises";

/** Asks until the answer is not undefined; for what another process does. Throws with `what` when it never comes. */
export async function waitFor<T>(what: string, ask: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await delay(50);
  }
  throw new Error(`${what} did not happen within ${seconds} s`);
}
