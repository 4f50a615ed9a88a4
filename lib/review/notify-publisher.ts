import { queueMail, submissionMail, type SubmissionMail } from "#lib/mail/index.ts";
import type { Tx } from "#lib/platform/index.ts";
import type { Deps } from "#lib/runtime/index.ts";

/** Mails whoever submitted, in the transaction of the change that the mail tells of. The bootstrap's account gets none. */
export async function notifyPublisher(tx: Tx, deps: Deps, submissionId: string, news: Pick<SubmissionMail, "event" | "by" | "reason">): Promise<void> {
  const row = await tx.submission.findUniqueOrThrow({ where: { id: submissionId }, include: { submittedBy: true, publisher: true } });
  if (row.submittedBy === null || row.publisher.bootstrap) return;
  const mail = submissionMail({ ...news, listing: row.listingSlug, version: row.version, url: `${deps.config.publicUrl}/submissions/${row.id}` });
  await queueMail(tx, deps, { to: row.submittedBy.email, ...mail });
}
