import { parse } from "semver";

const WIDTH = 16;

/**
 * Text that sorts as semver does (semver.org, rule 11): numbers padded, a release (`~`) after its prereleases,
 * numeric prerelease parts (`0`) before others (`1`), fewer parts before more.
 */
export function versionSortKey(version: string): string {
  const parsed = parse(version);
  if (parsed === null) throw new Error(`\`${version}\` is not a version`);
  const core = [parsed.major, parsed.minor, parsed.patch].map((part) => String(part).padStart(WIDTH, "0")).join(".");
  if (parsed.prerelease.length === 0) return `${core}~`;
  return `${core}!${parsed.prerelease.map((part) => (typeof part === "number" ? `0${String(part).padStart(WIDTH, "0")}` : `1${part}`)).join("!")}`;
}
