import { inSpan, metrics } from "#lib/platform/index.ts";
import { StorageError } from "./errors.ts";
import type { ObjectStore } from "./object-store.ts";

/** What waits for a disk or a server. Presigning computes only. */
const OPERATIONS = ["put", "get", "getBytes", "head", "copy", "delete", "ping"] as const;

/** The same store, in which each operation is measured, and is a span of the trace under way. */
export function observeStore<S extends ObjectStore>(store: S): S {
  const observed: ObjectStore = { ...store };
  for (const operation of OPERATIONS) {
    const run = store[operation].bind(store) as (...input: unknown[]) => Promise<unknown>;
    Object.assign(observed, { [operation]: (...input: unknown[]) => measure(store.kind, operation, String(input[0] ?? ""), () => run(...input)) });
  }
  return observed as S;
}

async function measure(kind: string, operation: string, key: string, run: () => Promise<unknown>): Promise<unknown> {
  const started = performance.now();
  let outcome = "ok";
  try {
    return await inSpan({ name: `storage ${operation}`, kind: "client", facts: { "kos.storage": kind, "kos.storage.key": key } }, run);
  } catch (error) {
    outcome = outcomeOf(error);
    throw error;
  } finally {
    metrics().storage.observe({ operation, outcome }, (performance.now() - started) / 1000);
  }
}

/** A store that does not work is an operator's business; a digest that does not match is the sender's. */
function outcomeOf(error: unknown): string {
  return error instanceof StorageError && error.code !== "store-unavailable" && error.code !== "object-damaged" ? "refused" : "failed";
}
