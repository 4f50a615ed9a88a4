import type { Conflict, Demand, Released, ReleaseTable, TargetHost } from "./released.ts";
import { inRange, satisfiesRequirement } from "./requirement.ts";
import { runsOn } from "./runs-on.ts";

interface DeadEnd {
  id: string;
  demands: readonly Demand[];
  /** set where a version that is chosen already does not answer a demand */
  clash: { chosen: string; demand: Demand } | null;
  /** that version cannot be another */
  fixed: boolean;
  releases: ReleaseTable;
  host: TargetHost;
  demandsOn: (id: string) => readonly Demand[];
  rootId: string;
  /** compares a version with a range by a rule, and counts it: hostile graphs have dead ends that are dear to describe */
  answers: (range: string, release: Released, rule: Rule) => boolean;
}

export type Rule = typeof satisfiesRequirement;

/** Says of a dead end which demands cause it and how the root comes to them. */
export function describeConflict(end: DeadEnd): Conflict {
  const all = end.releases.get(end.id) ?? [];
  const answered = (demands: readonly Demand[]) => all.some((release) => runsOn(release, end.host) && answersAll(end, demands, release));
  if (end.clash !== null && (end.fixed || answered(end.demands))) {
    const demands = [end.clash.demand];
    return { id: end.id, demands, reason: "chosen", chosen: end.clash.chosen, path: pathTo(end, demands) };
  }
  const demands = fewest(end.demands, (some) => !answered(some));
  return { id: end.id, demands, reason: reasonOf(end, all, demands), chosen: null, path: pathTo(end, demands) };
}

function answersAll({ answers }: DeadEnd, demands: readonly Demand[], release: Released, rule: Rule = satisfiesRequirement): boolean {
  return demands.every(({ range }) => answers(range, release, rule));
}

/** Leaves demands out one by one while what is left still fails: every one that remains is needed. */
function fewest(demands: readonly Demand[], fails: (some: readonly Demand[]) => boolean): Demand[] {
  let left = [...demands];
  for (const demand of demands) {
    const without = left.filter((each) => each !== demand);
    if (without.length > 0 && fails(without)) left = without;
  }
  return left;
}

function reasonOf(end: DeadEnd, all: readonly Released[], demands: readonly Demand[]): Conflict["reason"] {
  if (all.length === 0) return "unknown";
  if (demands.length > 1) return "together";
  const named = all.filter((release) => answersAll(end, demands, release, inRange));
  if (named.length === 0) return "no-version";
  const notYanked = named.filter((release) => answersAll(end, demands, release));
  if (notYanked.length === 0) return "yanked";
  const { platform } = end.host;
  return platform !== undefined && notYanked.every((release) => !runsOn(release, { platform })) ? "platform" : "engine";
}

/** From the root to each of those who demand, following who first asked for them. */
function pathTo(end: DeadEnd, demands: readonly Demand[]): Conflict["path"] {
  const steps: Conflict["path"] = [];
  const seen = new Set<string>();
  for (const { by } of demands) {
    const way: Conflict["path"] = [];
    for (let id = by; id !== end.rootId && !seen.has(id); ) {
      seen.add(id);
      const first = end.demandsOn(id)[0];
      if (first === undefined) break;
      way.unshift({ ...first, id });
      id = first.by;
    }
    steps.push(...way);
  }
  return steps;
}
