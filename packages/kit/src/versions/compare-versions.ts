import semver from "semver";
import { isCanonicalVersion } from "./check-version.ts";

/** Semver precedence: negative when `a` comes before `b`. Throws a TypeError when either is not canonical. */
export function compareVersions(a: string, b: string): -1 | 0 | 1 {
  if (!isCanonicalVersion(a)) throw new TypeError(`not a canonical version: ${JSON.stringify(a)}`);
  if (!isCanonicalVersion(b)) throw new TypeError(`not a canonical version: ${JSON.stringify(b)}`);
  return semver.compare(a, b);
}

/** True when a canonical version lies in the range; pre-releases only when the range names one, as npm does. */
export function satisfiesRange(version: string, range: string): boolean {
  return isCanonicalVersion(version) && semver.satisfies(version, range);
}
