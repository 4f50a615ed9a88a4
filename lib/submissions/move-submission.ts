import { recordEvent } from "#lib/audit/index.ts";
import type { Prisma, Tx } from "#lib/platform/index.ts";
import { PUBLIC_ENDS, PUBLIC_REVERSALS, recordLeaf } from "#lib/transparency/index.ts";
import { moveNotAllowed, staleSubmission, submissionMissing } from "./errors.ts";
import type { SubmissionState } from "./schema.ts";
import { findMove, type Mover } from "./transitions.ts";

/**
 * Moves a submission to another state as the table allows, comparing and swapping its state version. `seen` is the
 * version that the mover looked at; a stale one throws `stale-decision` (409) and changes nothing.
 */
export async function moveSubmission(
  tx: Tx,
  input: { id: string; to: SubmissionState; by: Mover; actorId: string | null; now: Date; seen?: number; data?: Prisma.SubmissionUncheckedUpdateManyInput },
): Promise<{ state: SubmissionState; stateVersion: number }> {
  const current = await tx.submission.findUnique({ where: { id: input.id }, select: { state: true, stateVersion: true } });
  if (current === null) throw submissionMissing(input.id);
  const seen = input.seen ?? current.stateVersion;
  if (seen !== current.stateVersion) throw staleSubmission(current, seen);
  const from = current.state as SubmissionState;
  if (findMove(from, input.to)?.by !== input.by) throw moveNotAllowed(from, input.to);
  const { count } = await tx.submission.updateMany({ where: { id: input.id, stateVersion: seen }, data: { ...input.data, state: input.to, stateVersion: seen + 1, updatedAt: input.now } });
  if (count !== 1) throw staleSubmission((await tx.submission.findUniqueOrThrow({ where: { id: input.id } })), seen);
  const event = await recordEvent(tx, { name: "submissions:submission:move", subject: `submission:${input.id}`, actorId: input.actorId, data: { from, to: input.to } });
  if (await isPublicMove(tx, input.id, from, input.to)) await recordLeaf(tx, `event:${event}`, input.actorId);
  return { state: input.to, stateVersion: seen + 1 };
}

/** That a submission exists is public once it was decided on; before that, its end is between its publisher and the registry. */
async function isPublicMove(tx: Tx, id: string, from: SubmissionState, to: SubmissionState): Promise<boolean> {
  if (!PUBLIC_ENDS.some((state) => state === to) && !PUBLIC_REVERSALS.some((state) => state === from)) return false;
  return (await tx.decision.findFirst({ where: { submissionId: id }, select: { id: true } })) !== null;
}
