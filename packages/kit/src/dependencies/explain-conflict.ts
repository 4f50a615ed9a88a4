import type { Conflict, TargetHost } from "./released.ts";

/** How many steps of a long way are written out. */
const MOST_STEPS = 8;

/**
 * A conflict as a chain that a person can read: "`a` 1.2.0 needs `b` ^2; `c` 1.0.0 needs `b` ^1; no version of `b`
 * satisfies both". Begins with the way from the root to those who ask.
 */
export function explainConflict(conflict: Conflict, host: TargetHost = {}): string {
  const { path, demands, id } = conflict;
  const way = path.map((step) => needs(step, step.id));
  const shown = way.length <= MOST_STEPS ? way : [...way.slice(0, MOST_STEPS / 2), `${way.length - MOST_STEPS} more steps`, ...way.slice(-MOST_STEPS / 2)];
  return [...shown, ...demands.map((demand) => needs(demand, id)), ending(conflict, host)].join("; ");
}

function needs({ by, byVersion, range }: { by: string; byVersion: string; range: string }, id: string): string {
  return `\`${by}\` ${byVersion} needs \`${id}\` ${range}`;
}

function ending({ id, reason, demands, chosen }: Conflict, host: TargetHost): string {
  switch (reason) {
    case "unknown":
      return `there is no listing \`${id}\` that could be installed`;
    case "no-version":
      return `no version of \`${id}\` is in that range`;
    case "yanked":
      return `every version of \`${id}\` in that range was yanked`;
    case "platform":
      return `no version of \`${id}\` in that range runs on ${host.platform ?? "that platform"}`;
    case "engine":
      return `no version of \`${id}\` in that range runs on kOS ${host.kos ?? "of that version"}`;
    case "together":
      return `no version of \`${id}\` satisfies ${demands.length === 2 ? "both" : `all ${demands.length}`}`;
    case "chosen":
      return `and \`${id}\` is ${chosen ?? "another version"} there`;
  }
}
