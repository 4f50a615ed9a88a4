import { requireListing, requireMember, requireScope, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import type { Db } from "#lib/platform/index.ts";
import { submissionMissing } from "./errors.ts";
import { moveSubmission } from "./move-submission.ts";

/** Takes an undecided submission back; its version is free again. Throws `move-not-allowed` once it is decided. */
export async function withdrawSubmission(db: Db, input: { principal: Principal; id: string; now: Date }): Promise<void> {
  requireScope(input.principal, "publish");
  await db.$transaction(async (tx) => {
    const row = await tx.submission.findFirst({ where: { id: input.id, publisher: { members: { some: { userId: input.principal.userId } } } }, include: { publisher: true } });
    if (row === null) throw submissionMissing(input.id);
    await requireMember(tx, input.principal, row.publisher.slug, "publish");
    requireListing(input.principal, row.listingSlug);
    await moveSubmission(tx, { id: row.id, to: "withdrawn", by: "publisher", actorId: input.principal.userId, now: input.now });
    await recordEvent(tx, { name: "submissions:submission:withdraw", subject: `submission:${row.id}`, actorId: input.principal.userId });
  });
}
