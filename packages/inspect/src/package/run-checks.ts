import { makeProblem, type Problem } from "@kosmarket/kit";
import { PACKAGE_CHECKS, type Check, type CheckNeeds } from "../checks/index.ts";
import type { PackageContents } from "./package-contents.ts";
import type { CheckResult, CheckStatus } from "./package-report.ts";

/**
 * Runs the table of checks in order. A check that breaks becomes a blocking finding,
 * one that cannot run is `skipped`; neither is ever a pass. Checks that
 * have nothing to do with this kind of thing are left out.
 */
export async function runChecks(contents: PackageContents): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of PACKAGE_CHECKS) {
    if (!concerns(check.needs, contents)) continue;
    const missing = whatIsMissing(check.needs, contents);
    results.push(missing === null ? await runCheck(check, contents) : { ...headOf(check), status: "skipped", lookedAt: missing, findings: [] });
  }
  return results;
}

function concerns(needs: CheckNeeds, { archive, kind, manifest, manifestProblems }: PackageContents): boolean {
  // A file of several valid services has no single manifest for the rest to look at.
  if (archive === null) return needs === "nothing" || (needs === "manifest" && (manifest !== null || manifestProblems.length > 0));
  return needs !== "sound-plugin" || kind !== "service";
}

function whatIsMissing(needs: CheckNeeds, { archive, manifest }: PackageContents): string | null {
  if (needs === "nothing") return null;
  if (needs !== "manifest" && archive !== null && archive.problems.length > 0) return "Not run: the archive has to be sound first.";
  if (needs !== "sound-archive" && manifest === null) return "Not run: the manifest has to be valid first.";
  return null;
}

function headOf(check: Check): Pick<CheckResult, "id" | "severity" | "title"> {
  return { id: check.id, severity: check.severity, title: check.title };
}

async function runCheck(check: Check, contents: PackageContents): Promise<CheckResult> {
  try {
    const { lookedAt, findings } = await check.run(contents);
    return { ...headOf(check), status: statusOf(findings), lookedAt, findings };
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : "unknown error";
    const finding = makeProblem({ code: "package.inspection-failed", check: check.id, severity: "B", detail: `The check could not finish: ${reason}` });
    return { ...headOf(check), status: "failed", lookedAt: "The check did not finish.", findings: [finding] };
  }
}

function statusOf(findings: readonly Problem[]): CheckStatus {
  const severities = new Set(findings.map((finding) => finding.severity));
  if (severities.has("B") || severities.has("H")) return "failed";
  if (severities.has("W")) return "warned";
  return severities.has("I") ? "info" : "passed";
}
