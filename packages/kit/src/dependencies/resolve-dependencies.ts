import semver from "semver";
import { describeConflict, type Rule } from "./describe-conflict.ts";
import type { Conflict, Demand, Released, ReleaseTable, Resolution, TargetHost } from "./released.ts";
import { parseRequirement, satisfiesRequirement, type Requirement } from "./requirement.ts";
import { runsOn } from "./runs-on.ts";

export interface ResolveInput {
  root: { id: string; release: Released };
  releases: ReleaseTable;
  host?: TargetHost;
  /** comparisons of a version with a requirement, after which the answer is `too-complex` */
  mostSteps?: number;
}

/** Comparisons that take about a quarter of a second; honest graphs need a few hundred. */
const MOST_STEPS = 100_000;
/** Different dead ends that are told: the first are those of the newest versions. */
const MOST_CONFLICTS = 5;
/** Dead ends that are looked into: a search meets the same one again and again. */
const MOST_DESCRIBED = 50;

interface Search {
  root: ResolveInput["root"];
  /** highest first, without what the target cannot run */
  candidates: (id: string) => readonly Released[];
  all: ReleaseTable;
  host: TargetHost;
  chosen: Map<string, Released>;
  demands: Map<string, Demand[]>;
  conflicts: Conflict[];
  described: number;
  requirement: (range: string) => Requirement | null;
  steps: number;
  mostSteps: number;
}

/** Ends a search from any depth. */
class TooComplex extends Error {}

/**
 * Chooses one version of every listing that the root needs, directly or through others, so that every range holds:
 * the highest that fits, dependencies in the order in which they are met. Ids are flat, so two ranges on one listing
 * must meet in one version. Depth first, jumping back over choices that a dead end has nothing to do with
 * (conflict-directed backjumping, Prosser 1993), and never for longer than `mostSteps`.
 */
export function resolveDependencies(input: ResolveInput): Resolution {
  const search = openSearch(input);
  demand(search, input.root.id, input.root.release);
  try {
    const own = findClash(search, input.root.id, input.root.release);
    if (own !== null) note(search, own.id, [own.demand], own);
    if (own !== null || choose(search) !== null) return { outcome: "unsatisfiable", conflicts: search.conflicts, steps: search.steps };
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    return { outcome: "too-complex", steps: search.steps };
  }
  search.chosen.delete(input.root.id);
  return { outcome: "resolved", chosen: new Map([...search.chosen].map(([id, release]) => [id, release.version])), steps: search.steps };
}

function openSearch({ root, releases, host = {}, mostSteps = MOST_STEPS }: ResolveInput): Search {
  const sorted = new Map<string, readonly Released[]>();
  const requirements = new Map<string, Requirement | null>();
  const remember = <T>(map: Map<string, T>, key: string, make: () => T): T => {
    const known = map.get(key);
    if (known !== undefined || map.has(key)) return known as T;
    const made = make();
    map.set(key, made);
    return made;
  };
  return {
    root,
    all: releases,
    host,
    candidates: (id) => remember(sorted, id, () => (releases.get(id) ?? []).filter((release) => runsOn(release, host)).sort((a, b) => semver.rcompare(a.version, b.version))),
    chosen: new Map([[root.id, root.release]]),
    demands: new Map(),
    conflicts: [],
    described: 0,
    requirement: (range) => remember(requirements, range, () => parseRequirement(range)),
    steps: 0,
    mostSteps,
  };
}

/** Settles what is still open. Null when all of it is chosen, otherwise the ids whose choices led to the dead end. */
function choose(search: Search): Set<string> | null {
  const id = nextOpen(search);
  if (id === null) return null;
  const demands = search.demands.get(id) ?? [];
  const blame = new Set(demands.map((each) => each.by));
  let tried = 0;
  for (const release of search.candidates(id)) {
    if (!demands.every((each) => fits(search, each.range, release))) continue;
    tried++;
    const clash = findClash(search, id, release);
    if (clash !== null) {
      blame.add(clash.id);
      note(search, clash.id, [...(search.demands.get(clash.id) ?? []), clash.demand], clash);
      continue;
    }
    search.chosen.set(id, release);
    demand(search, id, release);
    const deeper = choose(search);
    if (deeper === null) return null;
    undo(search, id, release);
    // The dead end below would be there whatever is chosen here: jump back to who is to blame.
    if (!deeper.has(id)) return deeper;
    for (const other of deeper) if (other !== id) blame.add(other);
  }
  if (tried === 0) note(search, id, demands, null);
  return blame;
}

function nextOpen({ demands, chosen }: Search): string | null {
  for (const [id, list] of demands) if (list.length > 0 && !chosen.has(id)) return id;
  return null;
}

function fits(search: Search, range: string, release: Released, rule: Rule = satisfiesRequirement): boolean {
  if (++search.steps > search.mostSteps) throw new TooComplex();
  const requirement = search.requirement(range);
  return requirement !== null && rule(requirement, release);
}

interface Clash {
  id: string;
  /** the version that does not answer the demand */
  chosen: string;
  demand: Demand;
}

/** What a release asks of a listing that is chosen already, or of its own, in vain. */
function findClash(search: Search, id: string, release: Released): Clash | null {
  for (const [other, range] of Object.entries(release.requires)) {
    const chosen = other === id ? release : search.chosen.get(other);
    if (chosen !== undefined && !fits(search, range, chosen)) return { id: other, chosen: chosen.version, demand: { by: id, byVersion: release.version, range } };
  }
  return null;
}

function demand({ demands }: Search, by: string, release: Released): void {
  for (const [id, range] of Object.entries(release.requires)) {
    const list = demands.get(id) ?? [];
    list.push({ by, byVersion: release.version, range });
    demands.set(id, list);
  }
}

function undo(search: Search, by: string, release: Released): void {
  search.chosen.delete(by);
  for (const id of Object.keys(release.requires)) search.demands.get(id)?.pop();
}

function note(search: Search, id: string, demands: readonly Demand[], clash: Clash | null): void {
  if (search.conflicts.length >= MOST_CONFLICTS || ++search.described > MOST_DESCRIBED) return;
  const { root, all: releases, host } = search;
  // The root is the version that is asked about, and a version that asks something of itself is that version: neither can be another.
  const fixed = clash !== null && (id === root.id || clash.demand.by === id);
  const conflict = describeConflict({ id, demands, clash, fixed, releases, host, demandsOn: (each) => search.demands.get(each) ?? [], rootId: root.id, answers: (range, release, rule) => fits(search, range, release, rule) });
  const key = (each: Conflict): string => JSON.stringify([each.id, each.demands]);
  if (!search.conflicts.some((each) => key(each) === key(conflict))) search.conflicts.push(conflict);
}
