import { isCanonicalVersion } from "@kosmarket/kit";
import semver from "semver";
import type { OsvEntry } from "./osv-schema.ts";

type Affected = NonNullable<OsvEntry["affected"]>[number];

export interface AffectedVersions {
  range: string | null;
  versions: string[];
  fixed: string[];
}

/**
 * OSV's events as one semver range: every `introduced` opens an interval, the next `fixed` closes it before itself, a
 * `last_affected` after itself (OSV schema, "Evaluation"). Ranges of commits say nothing of versions and are left out.
 */
export function affectedVersions(entries: readonly Affected[]): AffectedVersions {
  const ranges = entries.flatMap((entry) => entry.ranges ?? []).filter((range) => range.type === "SEMVER" || range.type === "ECOSYSTEM");
  const intervals = ranges.flatMap((range) => intervalsOf(range.events));
  const versions = entries.flatMap((entry) => entry.versions ?? []).filter(isCanonicalVersion);
  const fixed = ranges.flatMap((range) => range.events.flatMap((event) => event.fixed ?? [])).filter(isCanonicalVersion);
  return { range: intervals.length === 0 ? null : intervals.join(" || "), versions: [...new Set(versions)], fixed: [...new Set(fixed)].sort(semver.compare) };
}

type Events = NonNullable<Affected["ranges"]>[number]["events"];

function intervalsOf(events: Events): string[] {
  const points = events.flatMap((event) => {
    if (event.introduced !== undefined) return point("introduced", event.introduced === "0" ? "0.0.0-0" : event.introduced);
    if (event.fixed !== undefined) return point("fixed", event.fixed);
    return event.last_affected === undefined ? [] : point("last_affected", event.last_affected);
  });
  // At one version, what closes an interval comes before what opens the next.
  points.sort((a, b) => semver.compare(a.version, b.version) || Number(a.kind === "introduced") - Number(b.kind === "introduced"));
  const intervals: string[] = [];
  let open: string | null = null;
  for (const { kind, version } of points) {
    if (kind === "introduced") open ??= version;
    else if (open !== null) {
      intervals.push(`>=${open} ${kind === "fixed" ? "<" : "<="}${version}`);
      open = null;
    }
  }
  if (open !== null) intervals.push(`>=${open}`);
  return intervals;
}

type Point = { kind: "introduced" | "fixed" | "last_affected"; version: string };

/** A version that semver does not know says nothing that could be compared. */
function point(kind: Point["kind"], text: string): Point[] {
  const version = semver.valid(text, { loose: true }) ?? semver.valid(semver.coerce(text));
  return version === null ? [] : [{ kind, version }];
}
