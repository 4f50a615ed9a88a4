import semver from "semver";
import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";

/** True when the text is exactly what semver writes for it, without build metadata. */
export function isCanonicalVersion(text: unknown): boolean {
  return typeof text === "string" && semver.valid(text) === text && !text.includes("+");
}

/**
 * What keeps the text from being a version. `semver.valid()` alone takes a
 * leading `v`, blanks around and a trailing newline, and lets `+a` equal `+b`;
 * a version here has one spelling only.
 */
export function checkVersion(text: string): Problem[] {
  if (isCanonicalVersion(text)) return [];
  const shown = JSON.stringify(text.slice(0, 80));
  const canonical = semver.valid(text);
  if (text.includes("+") && canonical !== null) {
    const detail = `The version ${shown} carries build metadata after \`+\`, which semver ignores when it compares.`;
    return [makeProblem({ code: "version.build-metadata", detail, suggestion: `Use \`${canonical}\`.` })];
  }
  if (canonical !== null) {
    const detail = `The version ${shown} is not in its one canonical spelling.`;
    return [makeProblem({ code: "version.not-canonical", detail, suggestion: `Use \`${canonical}\`.` })];
  }
  const guess = text.length <= 80 ? semver.coerce(text, { includePrerelease: true }) : null;
  const detail = `The version ${shown} is not MAJOR.MINOR.PATCH with an optional pre-release.`;
  const suggestion = guess === null ? null : `Perhaps \`${guess.version}\`.`;
  return [makeProblem({ code: "version.invalid", detail, suggestion })];
}

/** True when the text is a semver range; the empty range is not, since it hides a forgotten value. */
export function isVersionRange(text: unknown): boolean {
  return typeof text === "string" && text.trim() !== "" && text.length <= 256 && semver.validRange(text) !== null;
}

/** What keeps the text from being a version range. */
export function checkVersionRange(text: string): Problem[] {
  if (isVersionRange(text)) return [];
  const detail = `${JSON.stringify(text.slice(0, 80))} is not a semver range.`;
  return [makeProblem({ code: "version.range-invalid", detail, suggestion: "Write a range such as `^1.2.0`." })];
}
