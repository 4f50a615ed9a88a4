import type { PackageReport } from "@kosmarket/inspect";
import { inspectUpload, withArtifactFile } from "#lib/artifacts/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";
import { metrics, type Prisma } from "#lib/platform/index.ts";
import { routeSubmission } from "#lib/review/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { REGISTRY_CHECKS, type RegistryCheck } from "./checks/index.ts";

interface Outcome {
  checkId: string;
  status: "passed" | "warned" | "failed" | "errored";
  lookedAt: string;
  findings: ProblemView[];
}

/**
 * Runs every check of a submission over the stored bytes, writes each result as it is known, then routes the
 * submission. Safe to repeat: a finished one is left alone. A check that cannot run ends as `errored`, which is
 * never a pass.
 */
export async function runChecks(deps: Deps, input: { submissionId: string }): Promise<void> {
  const submission = await deps.db.submission.findUnique({ where: { id: input.submissionId }, include: { checks: true } });
  if (submission === null || submission.state !== "checking") return;
  await deps.db.checkResult.updateMany({ where: { submissionId: submission.id, status: "queued" }, data: { status: "running", startedAt: deps.now(), attempts: { increment: 1 } } });
  const part = submission.fileName.endsWith(".yaml") ? "manifest" : "package";
  await withArtifactFile(deps.store, submission.artifactSha256, async (path) => {
    const report = await inspectUpload({ path, part, publishing: true });
    await writeOutcomes(deps, submission.id, packageOutcomes(report, submission.artifactSha256));
  });
  for (const check of REGISTRY_CHECKS) {
    if (check.kinds.some((kind) => kind === submission.kind)) await writeOutcomes(deps, submission.id, [fromRegistry(check, await check.run(deps, submission))]);
  }
  await deps.db.checkResult.updateMany({ where: { submissionId: submission.id, status: { in: ["queued", "running"] } }, data: { status: "errored", finishedAt: deps.now(), lookedAt: "The check did not report." } });
  await routeSubmission(deps, submission.id);
}

function packageOutcomes(report: PackageReport, expectedSha256: string): Outcome[] {
  if (report.sha256 !== expectedSha256) throw new Error(`the stored bytes hash to ${report.sha256}, not to ${expectedSha256}`);
  return report.checks.map((check) => ({
    checkId: check.id,
    status: check.status === "skipped" ? "errored" : check.status === "info" ? "passed" : check.status,
    lookedAt: check.lookedAt,
    findings: check.findings,
  }));
}

function fromRegistry(check: RegistryCheck, { lookedAt, findings }: { lookedAt: string; findings: ProblemView[] }): Outcome {
  const grave = findings.some((finding) => finding.severity === "B" || finding.severity === "H");
  return { checkId: check.id, lookedAt, findings, status: grave ? "failed" : findings.some((finding) => finding.severity === "W") ? "warned" : "passed" };
}

async function writeOutcomes(deps: Deps, submissionId: string, outcomes: Outcome[]): Promise<void> {
  for (const outcome of outcomes) {
    await deps.db.checkResult.updateMany({
      where: { submissionId, checkId: outcome.checkId },
      data: { status: outcome.status, lookedAt: outcome.lookedAt, findings: outcome.findings as unknown as Prisma.InputJsonValue, finishedAt: deps.now() },
    });
    metrics().checks.inc({ check: outcome.checkId, status: outcome.status });
  }
}
