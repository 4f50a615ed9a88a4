import type { Press } from "../actors.ts";
import type { Package } from "../publish-flow.ts";
import type { Victim } from "./instance.ts";

/** What the sender was told: done; refused, with nothing changed; or nothing that it could rely on. */
export type Told = "done" | "refused" | "nothing";

/** A publish as its sender remembers it. The registry's own tables never come in here. */
export interface Entry {
  press: Press;
  made: Package;
  told: Told;
  /** Where it was acknowledged. */
  id: string | null;
  decision: { verdict: Verdict; told: Told } | null;
  /** Seen through the API. */
  published: boolean;
  yank: Told | null;
  /** The kill that came next after the acknowledgement. */
  kill: Victim | null;
  /** Why it did not come to rest by itself. */
  stuck: string | null;
}

export type Verdict = "approve" | "reject" | "request_changes";

export interface Ledger {
  entries: Entry[];
  /** Times of answered download addresses, as `Date.now()` tells them. */
  downloads: number[];
  /** Times of kills, and of the moment when the registry was whole again. */
  kills: { victim: Victim; at: number; until: number }[];
  /** Milliseconds that acknowledged submissions took to wait for a person, and approved ones to be out. */
  checked: number[];
  published: number[];
}

export const emptyLedger = (): Ledger => ({ entries: [], downloads: [], kills: [], checked: [], published: [] });

export interface Fault {
  sort: "lost" | "doubled" | "altered" | "stuck" | "other";
  kill: Victim | null;
  text: string;
}
