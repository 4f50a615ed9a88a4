import type { Principal } from "#lib/accounts/index.ts";
import { buildSnapshot } from "#lib/feed/index.ts";
import { publishVersion, runChecks, submitPackage, type Submitted } from "#lib/publishing/index.ts";
import { decideSubmission } from "#lib/review/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { makePerson } from "./accounts.ts";
import { packPlugin, serviceManifest, withStagedFile, type PackageInput } from "./packages.ts";

export interface Submitter {
  principal: Principal;
  publisher: string;
  signature?: string | null;
}

/** Submits a package through the code that the publish address calls. */
export async function submitBytes(deps: Deps, by: Submitter, part: "package" | "manifest", bytes: Uint8Array): Promise<Submitted> {
  return await withStagedFile(bytes, (path) => submitPackage(deps, { principal: by.principal, publisher: by.publisher, part, path, signature: by.signature ?? null, unlimited: true }));
}

export async function submitPlugin(deps: Deps, by: Submitter, input: PackageInput): Promise<Submitted> {
  return await submitBytes(deps, by, "package", await packPlugin(input));
}

/** A service submission whose checks have run: it waits for a person. */
export async function submissionInReview(deps: Deps, by: Submitter, id: string, version = "1.0.0"): Promise<{ id: string; stateVersion: number }> {
  const { id: submissionId } = await submitBytes(deps, by, "manifest", serviceManifest(id, version));
  await runChecks(deps, { submissionId });
  return await deps.db.submission.findUniqueOrThrow({ where: { id: submissionId }, select: { id: true, stateVersion: true } });
}

/** Approves as a fresh administrator and carries the approval out, feed included, without waiting for a worker. */
export async function approveAndPublish(deps: Deps, submissionId: string): Promise<void> {
  const principal = await makePerson(deps, ["administrator"]);
  const { stateVersion } = await deps.db.submission.findUniqueOrThrow({ where: { id: submissionId } });
  await decideSubmission(deps, { principal, id: submissionId, decision: "approve", reason: "Read it; it does what it says.", stateVersion });
  await publishVersion(deps, { submissionId });
  await buildSnapshot(deps);
}

/** A published service version, start to end. */
export async function publishService(deps: Deps, by: Submitter, id: string, version = "1.0.0"): Promise<{ submissionId: string; bytes: Uint8Array }> {
  const bytes = serviceManifest(id, version);
  const { id: submissionId } = await submitBytes(deps, by, "manifest", bytes);
  await runChecks(deps, { submissionId });
  await approveAndPublish(deps, submissionId);
  return { submissionId, bytes };
}
