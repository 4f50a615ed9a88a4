import { explainConflict, findCycles, isUnbounded, parseRequirement, resolveDependencies, type PluginManifest, type Released, type ReleaseTable } from "@kosmarket/kit";
import semver from "semver";
import { loadReleases, releaseOf } from "#lib/catalog/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";
import { finding, type Checked, type RegistryCheck } from "./check.ts";
import { placeOfDependency } from "./place-in-manifest.ts";

type Chosen = ReadonlyMap<string, string>;

/** Whether what a plugin needs can be installed together: ranges that meet, no circle, and what is not pinned or was yanked. */
export const dependenciesCheck: RegistryCheck = {
  id: "dependencies",
  title: "Dependencies",
  severity: "B",
  kinds: ["plugin"],
  async run({ db }, submission) {
    const manifest = submission.manifest as unknown as { kind: "plugin" } & PluginManifest;
    const { listings, npm } = manifest.dependencies;
    const asked = [...Object.entries(listings), ...Object.entries(npm)];
    if (asked.length === 0) return { lookedAt: "It depends on nothing.", findings: [] };
    const { releases, complete } = await loadReleases(db, Object.keys(listings));
    const root = { id: submission.listingSlug, release: releaseOf(manifest, { version: submission.version, channel: submission.channel, yanked: false }) };
    const findings = asked.filter(([, range]) => isUnbounded(range)).map(([name, range]) => unpinned(submission, name, range));
    findings.push(...yankedPins(submission, listings, releases));
    if (complete) findings.push(...resolve(submission, root, releases, manifest.platforms));
    else findings.push(tooComplex(submission, "The graph of what it needs is larger than the registry reads (500 listings, 5,000 versions)."));
    return { lookedAt: `${Object.keys(listings).length} listings and ${Object.keys(npm).length} npm packages that it names, and ${releases.size} listings in all that those lead to.`, findings };
  },
};

function unpinned(submission: Checked, name: string, range: string): ProblemView {
  return finding("dependencies", { code: "dependency.unpinned", severity: "W", ...placeOfDependency(submission, name), detail: `\`${name}\` ${range} has no upper bound: a version that nobody has seen yet would be taken.`, suggestion: "Give a range such as `^1.2.0`." });
}

function yankedPins(submission: Checked, listings: Record<string, string>, releases: ReleaseTable): ProblemView[] {
  return Object.entries(listings).flatMap(([id, range]) => {
    const pinned = parseRequirement(range)?.pinned;
    if (releases.get(id)?.some((one) => one.version === pinned && one.yanked) !== true) return [];
    return [finding("dependencies", { code: "dependency.yanked", severity: "W", ...placeOfDependency(submission, id), detail: `\`${id}\` ${range} was yanked by its publisher; it still resolves, because that very version is named.`, suggestion: "Move to a version that was not yanked." })];
  });
}

function tooComplex(submission: Checked, why: string): ProblemView {
  return finding("dependencies", { code: "dependency.too-complex", severity: "H", ...placeOfDependency(submission, ""), detail: `${why} Whether its ranges can hold together was not found out.`, suggestion: "Narrow the ranges; a person decides otherwise." });
}

/** One choice for all its platforms where there is one; where not, each platform by itself. */
function resolve(submission: Checked, root: { id: string; release: Released }, releases: ReleaseTable, platforms: readonly string[]): ProblemView[] {
  const anywhere = resolveDependencies({ root, releases });
  if (anywhere.outcome === "too-complex") return [tooComplex(submission, "There are too many combinations of versions to try.")];
  if (anywhere.outcome === "unsatisfiable") return anywhere.conflicts.map((conflict) => unsatisfiable(submission, conflict.path[0]?.id ?? conflict.id, explainConflict(conflict)));
  const findings = [...circles(submission, root, releases, anywhere.chosen), ...engines(submission, root, releases, anywhere.chosen)];
  for (const platform of platforms) {
    const there = resolveDependencies({ root, releases, host: { platform } });
    if (there.outcome === "unsatisfiable") findings.push(...there.conflicts.map((conflict) => unsatisfiable(submission, conflict.path[0]?.id ?? conflict.id, `On ${platform}: ${explainConflict(conflict, { platform })}`)));
  }
  return findings;
}

function unsatisfiable(submission: Checked, name: string, chain: string): ProblemView {
  return finding("dependencies", { code: "dependency.unsatisfiable", severity: "B", ...placeOfDependency(submission, name), detail: `${chain}.`, suggestion: "Widen a range, or depend on versions that go together." });
}

/** A circle through the new version blocks; one that was there before it cannot be mended here. */
function circles(submission: Checked, root: { id: string; release: Released }, releases: ReleaseTable, chosen: Chosen): ProblemView[] {
  const edges = new Map([[root.id, Object.keys(root.release.requires)], ...[...chosen].map(([id, version]): [string, string[]] => [id, Object.keys(releases.get(id)?.find((one) => one.version === version)?.requires ?? {})])]);
  return findCycles(edges).map((cycle) => {
    const own = cycle.includes(root.id);
    const way = [...cycle, cycle[0]].map((id) => `\`${id}\``).join(" → ");
    return finding("dependencies", { code: "dependency.cycle", severity: own ? "B" : "W", ...placeOfDependency(submission, cycle[1] ?? cycle[0] ?? ""), detail: `These need each other: ${way}.`, suggestion: own ? "Leave one of the dependencies out, or move what both need into a listing of its own." : null });
  });
}

/** Ranges of host versions that exclude each other: no kOS could run both. */
function engines(submission: Checked, root: { id: string; release: Released }, releases: ReleaseTable, chosen: Chosen): ProblemView[] {
  const all = [{ id: root.id, engine: root.release.engine }, ...[...chosen].map(([id, version]) => ({ id, engine: releases.get(id)?.find((one) => one.version === version)?.engine ?? null }))];
  const bound = all.filter((one): one is { id: string; engine: string } => one.engine !== null);
  for (const [at, one] of bound.entries()) {
    const other = bound.slice(at + 1).find((each) => !semver.intersects(one.engine, each.engine, { includePrerelease: true }));
    if (other !== undefined) return [unsatisfiable(submission, other.id, `\`${one.id}\` needs kOS ${one.engine}; \`${other.id}\` needs kOS ${other.engine}; no version of kOS is in both`)];
  }
  return [];
}
