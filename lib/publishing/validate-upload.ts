import { inspectUpload, type UploadPart } from "#lib/artifacts/index.ts";
import type { ProblemView } from "#lib/http/schema.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { verifyPublisherSignature } from "#lib/trust/index.ts";

export interface ValidateInput {
  part: UploadPart;
  path: string;
  signature: string | null;
  /** Slug of the publisher whose registered keys the signature is held against. */
  publisher: string | null;
}

/** A dry run: every problem of the bytes, and of the signature where a publisher is named. Stores nothing. */
export async function validateUpload(deps: Deps, input: ValidateInput): Promise<{ ok: boolean; problems: ProblemView[] }> {
  const report = await inspectUpload({ path: input.path, part: input.part, publishing: false });
  const problems = [...report.problems, ...(await signatureProblems(deps, input))];
  return { ok: !problems.some((problem) => problem.severity === "B"), problems };
}

async function signatureProblems(deps: Deps, input: ValidateInput): Promise<ProblemView[]> {
  if (input.signature === null || input.publisher === null) return [];
  const publisher = await deps.db.publisher.findUnique({ where: { slug: input.publisher } });
  const verdict = await verifyPublisherSignature(deps.db, { publisherId: publisher?.id ?? "00000000-0000-0000-0000-000000000000", path: input.path, sha256: null, signature: input.signature, receivedAt: deps.now() });
  return verdict.ok ? [] : verdict.problems;
}
