import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "../process-wide.ts";

/** What the work under way belongs to: every log line written inside carries it. */
export interface Scope {
  requestId?: string;
  jobId?: string;
}

const storage = (): AsyncLocalStorage<Scope> => processWide("telemetry-scope", () => new AsyncLocalStorage<Scope>());

/** The scope of the caller; empty outside of requests and jobs. */
export function currentScope(): Readonly<Scope> {
  return storage().getStore() ?? {};
}

/** Runs `work`, and whatever it starts, inside a scope. */
export function runInScope<T>(scope: Scope, work: () => T): T {
  return storage().run(scope, work);
}
