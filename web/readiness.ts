import type { ServerResponse } from "node:http";
import { feedInMemory } from "#lib/feed/index.ts";
import { health } from "#lib/runtime/index.ts";

/**
 * Answers `/readyz` from the last look at each dependency, a second old at most: 503 when one of them does not answer.
 * Reads keep working then, so a proxy must not take a process out because of it; `/healthz` is for that.
 */
export function answerReadiness(response: ServerResponse): void {
  const { database, queue, storage, readOnly } = health();
  const feed = feedInMemory();
  const ok = database && queue && storage;
  const word = (up: boolean) => (up ? "ok" : "failed");
  const body = { ok, database: word(database), storage: word(storage), queue: word(queue), feed: feed === null ? "none" : { sequence: Number(feed.seq), builtAt: feed.builtAt.toISOString() }, readOnly };
  response.writeHead(ok ? 200 : 503, { "content-type": "application/json", "cache-control": "no-store", ...(ok ? {} : { "retry-after": "5" }) }).end(JSON.stringify(body));
}
