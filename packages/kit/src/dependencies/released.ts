export type ReleaseChannel = "stable" | "beta" | "nightly" | "lts";

/** A published version as far as resolving needs it. */
export interface Released {
  version: string;
  channel: ReleaseChannel;
  yanked: boolean;
  /** other listings: id to requirement, as `parseRequirement` reads it */
  requires: Readonly<Record<string, string>>;
  /** null for every platform */
  platforms: readonly string[] | null;
  /** range of host versions, null for any */
  engine: string | null;
}

/** What may be chosen, by listing id: nothing that was quarantined, removed or deleted is in it. */
export type ReleaseTable = ReadonlyMap<string, readonly Released[]>;

/** The machine that a resolution is for; what is left out is not asked of any version. */
export interface TargetHost {
  platform?: string | undefined;
  /** version of kOS */
  kos?: string | undefined;
}

/** A version that asks something of another listing. */
export interface Demand {
  by: string;
  byVersion: string;
  range: string;
}

/** A listing for which nothing can be chosen, and who asks what of it. */
export interface Conflict {
  id: string;
  /** the fewest demands that no version satisfies together; for `chosen` the one that `chosen` does not */
  demands: Demand[];
  reason: "unknown" | "no-version" | "yanked" | "platform" | "engine" | "together" | "chosen";
  /** the version that cannot be another here; null unless the reason is `chosen` */
  chosen: string | null;
  /** from the root down to who demands, each step once */
  path: (Demand & { id: string })[];
}

export type Resolution =
  | { outcome: "resolved"; chosen: Map<string, string>; steps: number }
  | { outcome: "unsatisfiable"; conflicts: Conflict[]; steps: number }
  | { outcome: "too-complex"; steps: number };
