import type { PackageReport } from "@kosmarket/inspect";

/** Checks that need the registry beside the bytes; they run in the worker only. */
export const REGISTRY_CHECKS = [
  { checkId: "signature", title: "Signature", severity: "B" },
  { checkId: "version-order", title: "Version order", severity: "B" },
  { checkId: "similar-name", title: "Similar names", severity: "H" },
] as const;

/** One queued row for every check that will run, so that the publisher sees all of them from the start. */
export function plannedChecks(report: PackageReport): { checkId: string; title: string; severity: string; status: string }[] {
  return [...report.checks.map((check) => ({ checkId: check.id, title: check.title, severity: check.severity })), ...REGISTRY_CHECKS].map((check) => ({ ...check, status: "queued" }));
}
