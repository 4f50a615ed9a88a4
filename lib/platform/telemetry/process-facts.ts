import { processWide } from "../process-wide.ts";

/** What higher modules know and a scrape tells. Each is asked at the scrape, must not wait, and is null where there is nothing to tell. */
export interface ProcessFacts {
  feed: () => { seq: number; entries: number; builtAt: Date } | null;
  health: () => { database: boolean; queue: boolean; storage: boolean; readOnly: string | null } | null;
}

/** The facts that this process told how to ask for. */
export function processFacts(): ProcessFacts {
  return processWide("process-facts", () => ({ feed: () => null, health: () => null }));
}

/** Tells the metrics of this process where to ask; called once by a main program. */
export function provideFacts(facts: Partial<ProcessFacts>): void {
  Object.assign(processFacts(), facts);
}
