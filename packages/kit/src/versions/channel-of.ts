import semver from "semver";

export type Channel = "stable" | "beta" | "nightly";

/** Pre-release words that mean "built from today's source, nobody has tried it". */
const NIGHTLY_WORDS: ReadonlySet<string> = new Set(["nightly", "canary", "dev", "snapshot"]);

/**
 * The channel a version belongs to, by its pre-release tag: none is stable,
 * `nightly` and its synonyms are nightly, every other tag is beta, so that no
 * pre-release ever reaches hosts that follow stable.
 */
export function channelOf(version: string): Channel {
  const tag = semver.prerelease(version)?.[0];
  if (tag === undefined) return "stable";
  const word = String(tag).toLowerCase().replace(/[^a-z].*$/, "");
  return NIGHTLY_WORDS.has(word) ? "nightly" : "beta";
}
