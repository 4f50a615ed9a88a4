import { parse } from "semver";

const WIDTH = 16;

/**
 * Text that sorts as semver does (semver.org, rule 11): numbers by their count of digits, a release (`~`) after its
 * prereleases, numeric prerelease parts (`0`) before others (`1`), fewer parts before more. The longest version
 * that semver takes, 256 characters, gives fewer than the 600 of the column.
 */
export function versionSortKey(version: string): string {
  const parsed = parse(version);
  if (parsed === null) throw new Error(`\`${version}\` is not a version`);
  const core = [parsed.major, parsed.minor, parsed.patch].map((part) => String(part).padStart(WIDTH, "0")).join(".");
  if (parsed.prerelease.length === 0) return `${core}~`;
  return `${core}!${parsed.prerelease.map((part) => prereleaseKey(String(part))).join("!")}`;
}

/** A number is led by its length, one letter for up to 16 digits: padding each would outgrow the column. */
function prereleaseKey(part: string): string {
  if (!/^\d+$/.test(part)) return `1${part}`;
  const length = part.length <= WIDTH ? String.fromCharCode(96 + part.length) : `z${String(part.length).padStart(3, "0")}`;
  return `0${length}${part}`;
}
