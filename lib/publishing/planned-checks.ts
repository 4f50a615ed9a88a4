import type { PackageReport } from "@kosmarket/inspect";
import { REGISTRY_CHECKS } from "./checks/index.ts";

/** One queued row for every check that will run, so that the publisher sees all of them from the start. */
export function plannedChecks(report: PackageReport): { checkId: string; title: string; severity: string; status: string }[] {
  const registry = REGISTRY_CHECKS.filter((check) => report.kind !== null && check.kinds.includes(report.kind));
  return [...report.checks, ...registry].map((check) => ({ checkId: check.id, title: check.title, severity: check.severity, status: "queued" }));
}
