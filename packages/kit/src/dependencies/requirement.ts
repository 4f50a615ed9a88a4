import semver from "semver";
import type { Range } from "semver";
import { isVersionRange } from "../versions/check-version.ts";
import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { ReleaseChannel, Released } from "./released.ts";

/** What one version asks of another listing. */
export interface Requirement {
  /** as written */
  text: string;
  /** the least stable channel that will do; null where the range alone decides, as npm reads it */
  channel: ReleaseChannel | null;
  range: Range;
  /** the one version that it names, which may be a yanked one; null for a range */
  pinned: string | null;
}

/** From the most stable: who follows a channel also takes what is more stable. */
const CHANNEL_ORDER = ["lts", "stable", "beta", "nightly"] as const satisfies readonly ReleaseChannel[];
const REQUIREMENT = /^(?:(lts|stable|beta|nightly)(?:\s+|$))?(.*)$/s;

/**
 * Reads a semver range (`^1.2.0`), a channel (`beta`: its highest version, or a more stable one that is higher), or
 * both (`beta ^1.2.0`). Null for anything else.
 */
export function parseRequirement(text: string): Requirement | null {
  if (text.length > 256) return null;
  const [, channel, rest = ""] = REQUIREMENT.exec(text.trim()) ?? [];
  const written = rest === "" && channel !== undefined ? "*" : rest;
  if (!isVersionRange(written)) return null;
  const range = new semver.Range(written, { includePrerelease: channel !== undefined });
  return { text, channel: (channel as ReleaseChannel | undefined) ?? null, range, pinned: pinnedVersion(range) };
}

/** What keeps the text from being a requirement on a listing. */
export function checkRequirement(text: string): Problem[] {
  if (parseRequirement(text) !== null) return [];
  const detail = `${JSON.stringify(text.slice(0, 80))} is neither a semver range nor a channel.`;
  return [makeProblem({ code: "version.range-invalid", detail, suggestion: "Write a range such as `^1.2.0`, a channel such as `beta`, or both: `beta ^1.2.0`." })];
}

/** Whether a release is in a requirement's range and channel. Says nothing of yanks: see {@link satisfiesRequirement}. */
export function inRange(requirement: Requirement, release: Pick<Released, "version" | "channel">): boolean {
  const { channel } = requirement;
  if (channel === "lts" && release.channel !== "lts") return false;
  if (channel !== null && CHANNEL_ORDER.indexOf(release.channel) > CHANNEL_ORDER.indexOf(channel)) return false;
  return requirement.range.test(release.version);
}

/** Whether a release answers a requirement: in range, in channel, and not yanked unless it is the one version named. */
export function satisfiesRequirement(requirement: Requirement, release: Pick<Released, "version" | "channel" | "yanked">): boolean {
  return inRange(requirement, release) && (!release.yanked || requirement.pinned === release.version);
}

function pinnedVersion(range: Range): string | null {
  const [only, ...others] = range.set;
  const comparator = only?.length === 1 && others.length === 0 ? only[0] : undefined;
  return comparator?.operator === "" && comparator.semver instanceof semver.SemVer ? comparator.semver.version : null;
}

/** True where nothing bounds the range above, so that a version which nobody has seen yet may be taken. */
export function isUnbounded(range: string): boolean {
  return isVersionRange(range) && semver.intersects(range, ">=1000000000.0.0");
}
