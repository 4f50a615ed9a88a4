import type { PackageReport } from "@kosmarket/inspect";
import { inspectUpload, withArtifactFile } from "#lib/artifacts/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";
import { metrics, NoAnswer, within, type Prisma } from "#lib/platform/index.ts";
import { routeSubmission } from "#lib/review/index.ts";
import { translateFault, type Deps } from "#lib/runtime/index.ts";
import { REGISTRY_CHECKS, type Checked, type RegistryCheck } from "./checks/index.ts";

type Submission = Prisma.SubmissionGetPayload<{ include: { checks: true } }>;
type Row = Submission["checks"][number];

interface Outcome {
  checkId: string;
  status: "passed" | "warned" | "failed" | "errored";
  lookedAt: string;
  findings: ProblemView[];
}

/** Results that stand: a run after them leaves them alone. */
const TERMINAL = ["passed", "warned", "failed", "errored"];
/** Tries of a check that breaks; then it is `errored`, and a person decides with the reason before them. */
const MOST_ATTEMPTS = 3;
/** For each check that needs the registry. */
const LONGEST_MS = 60_000;

/**
 * Runs every check of a submission that has no result yet, those that need the registry beside each other, writes
 * each result as it is known, then routes the submission. A check that breaks is no pass: it is tried again with the
 * job (which throws), three times, and then ends as `errored`. Safe to repeat, and to go on after a worker that died.
 */
export async function runChecks(deps: Deps, input: { submissionId: string }): Promise<void> {
  const submission = await deps.db.submission.findUnique({ where: { id: input.submissionId }, include: { checks: true } });
  if (submission === null || submission.state !== "checking") return;
  const open = submission.checks.filter((check) => !TERMINAL.includes(check.status));
  const ids = open.map((check) => check.checkId);
  await deps.db.checkResult.updateMany({ where: { submissionId: submission.id, checkId: { in: ids } }, data: { status: "running", startedAt: deps.now(), attempts: { increment: 1 } } });
  const registry = REGISTRY_CHECKS.filter((check) => ids.includes(check.id));
  const bytes = open.filter((row) => !REGISTRY_CHECKS.some((check) => check.id === row.checkId));
  const reasons = await Promise.all([bytes.length === 0 ? null : runPackageChecks(deps, submission, bytes), ...registry.map((check) => runRegistryCheck(deps, submission, check, open))]);
  const broken = reasons.filter((reason) => reason !== null);
  if (broken.length > 0) throw new Error(`checks of submission ${submission.id} broke and are tried again: ${broken.join("; ")}`);
  await routeSubmission(deps, submission.id);
}

/** Why the checks over the bytes must be tried again; null when each has a result. */
async function runPackageChecks(deps: Deps, submission: Submission, rows: Row[]): Promise<string | null> {
  const part = submission.fileName.endsWith(".yaml") ? "manifest" : "package";
  try {
    const report = await withArtifactFile(deps.store, submission.artifactSha256, (path) => inspectUpload({ path, part, publishing: true }));
    await writeOutcomes(deps, submission.id, packageOutcomes(report, submission.artifactSha256));
  } catch (error) {
    return await afterFault(deps, submission, rows, error);
  }
  // A row that nothing here can answer, such as one planned by an older release.
  await deps.db.checkResult.updateMany({ where: { submissionId: submission.id, checkId: { in: rows.map((row) => row.checkId) }, status: "running" }, data: { status: "errored", finishedAt: deps.now(), lookedAt: "The check did not report." } });
  return null;
}

async function runRegistryCheck(deps: Deps, submission: Submission, check: RegistryCheck, open: Row[]): Promise<string | null> {
  try {
    const outcome = await within(LONGEST_MS, check.run(deps, submission as Checked));
    await writeOutcomes(deps, submission.id, [fromRegistry(check, outcome)]);
    return null;
  } catch (error) {
    return await afterFault(deps, submission, open.filter((row) => row.checkId === check.id), error);
  }
}

/** An outage is thrown on, to be waited out; any other fault costs an attempt, and the last one ends the check. */
async function afterFault(deps: Deps, submission: Submission, rows: Row[], error: unknown): Promise<string | null> {
  const known = translateFault(error);
  // A check that gave no answer in its time is the check's own fault, whatever it waited for.
  if (!(error instanceof NoAnswer) && known instanceof RegistryError && known.code === "unavailable") throw error;
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").slice(0, 200);
  deps.logger.error({ err: error, submission: submission.id, checks: rows.map((row) => row.checkId) }, "a check broke");
  const waiting = rows.filter((row) => row.attempts + 1 < MOST_ATTEMPTS);
  for (const row of rows) {
    const again = waiting.includes(row);
    const lookedAt = again ? `Attempt ${row.attempts + 1} broke and is repeated: ${reason}` : `The check broke ${row.attempts + 1} times, the last time with: ${reason}`;
    await deps.db.checkResult.update({ where: { submissionId_checkId: { submissionId: submission.id, checkId: row.checkId } }, data: again ? { status: "queued", lookedAt } : { status: "errored", lookedAt, finishedAt: deps.now() } });
    if (!again) metrics().checks.inc({ check: row.checkId, status: "errored" });
  }
  return waiting.length === 0 ? null : `${waiting.map((row) => row.checkId).join(", ")}: ${reason}`;
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
