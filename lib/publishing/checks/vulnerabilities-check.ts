import { resolveDependencies, type PluginManifest } from "@kosmarket/kit";
import { findAdvisories, isAffected, loadReleases, overlap, OWN_ECOSYSTEM, releaseOf, type AffectedPackage } from "#lib/catalog/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";
import { finding, type Checked, type RegistryCheck } from "./check.ts";
import { placeOfDependency } from "./place-in-manifest.ts";

const MOST_FINDINGS = 50;

/** Known vulnerabilities in what a plugin needs, from the advisories that the operator loaded. */
export const vulnerabilitiesCheck: RegistryCheck = {
  id: "vulnerabilities",
  title: "Known vulnerabilities",
  severity: "B",
  kinds: ["plugin"],
  async run({ db }, submission) {
    const loaded = await db.advisory.count();
    if (loaded === 0) return { lookedAt: "Nothing: no advisories are loaded here.", findings: [] };
    const manifest = submission.manifest as unknown as { kind: "plugin" } & PluginManifest;
    const { listings, npm } = manifest.dependencies;
    const { releases } = await loadReleases(db, Object.keys(listings));
    const root = { id: submission.listingSlug, release: releaseOf(manifest, { version: submission.version, channel: submission.channel, yanked: false }) };
    const resolution = resolveDependencies({ root, releases });
    const chosen = resolution.outcome === "resolved" ? resolution.chosen : new Map<string, string>();
    const found = await findAdvisories(db, [...Object.keys(npm).map((name) => ({ ecosystem: "npm", name })), ...[...chosen.keys()].map((name) => ({ ecosystem: OWN_ECOSYSTEM, name }))]);
    const findings = found.flatMap((one) => (one.ecosystem === "npm" ? judgePackage(submission, one, npm[one.name]) : judgeListing(submission, one, chosen.get(one.name), Object.hasOwn(listings, one.name))));
    return { lookedAt: `${Object.keys(npm).length} npm packages by their ranges and ${chosen.size} listings by the versions that would be chosen, against ${loaded} advisories.`, findings: findings.slice(0, MOST_FINDINGS) };
  },
};

/** A range that allows nothing else blocks; one that also allows versions without the fault warns. */
function judgePackage(submission: Checked, one: AffectedPackage, range: string | undefined): ProblemView[] {
  const touched = range === undefined ? "none" : overlap(one, range);
  if (touched === "none") return [];
  return [tell(submission, one, touched === "all" ? "B" : "W", `every version of \`${one.name}\` in ${range ?? ""} is affected`, `${range ?? ""} allows affected versions of \`${one.name}\``)];
}

/** What the plugin names itself it can change; what others bring, it cannot. */
function judgeListing(submission: Checked, one: AffectedPackage, version: string | undefined, direct: boolean): ProblemView[] {
  if (version === undefined || !isAffected(one, version)) return [];
  return [tell(submission, one, direct ? "B" : "W", `\`${one.name}\` ${version}, which would be chosen, is affected`, `\`${one.name}\` ${version}, which another dependency brings, is affected`)];
}

function tell(submission: Checked, one: AffectedPackage, severity: "B" | "W", blocked: string, warned: string): ProblemView {
  const affected = one.range ?? one.versions.join(", ");
  const suggestion = one.fixed.length === 0 ? "No fixed version is known: leave it out." : `Fixed in ${one.fixed.join(", ")}.`;
  const rated = one.severity === null ? "" : ` (${one.severity})`;
  return finding("vulnerabilities", { code: "dependency.vulnerable", severity, ...placeOfDependency(submission, one.name), detail: `${one.advisory}${rated}: ${one.summary.replace(/\.$/, "")}. Affected: ${affected}; ${severity === "B" ? blocked : warned}.`, suggestion });
}
