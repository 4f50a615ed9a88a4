import type { Tx } from "#lib/platform/index.ts";

/**
 * Removes the messages to an address, and from sent ones to others the texts that hold it and those of the account's
 * decisions, which name it. The name itself is not looked for: its owner chooses it, and one such as `e` stands in
 * every message.
 */
export async function forgetMail(tx: Tx, { userId, email }: { userId: string; email: string }): Promise<void> {
  await tx.mail.deleteMany({ where: { to: { equals: email, mode: "insensitive" } } });
  const whole = wholeAddress(email);
  await tx.$executeRaw`UPDATE "Mail" SET "text" = '', "html" = '' WHERE "sentAt" IS NOT NULL AND ("text" ~* ${whole} OR "html" ~* ${whole})`;
  await tx.$executeRaw`UPDATE "Mail" SET "subject" = '(removed)' WHERE "sentAt" IS NOT NULL AND "subject" ~* ${whole}`;
  await tx.$executeRaw`
    UPDATE "Mail" SET "text" = '', "html" = '' WHERE "sentAt" IS NOT NULL AND "event" IN ('submission.needs-changes', 'submission.rejected')
      AND EXISTS (SELECT 1 FROM "Decision" d WHERE d."deciderId" = ${userId}::uuid AND strpos("Mail"."text", '/submissions/' || d."submissionId"::text) > 0)`;
}

/** A pattern of PostgreSQL for the address where it is not part of a longer one. */
function wholeAddress(email: string): string {
  const literal = email.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return `(?<![[:alnum:]._%+-])${literal}(?![[:alnum:]-]|[.][[:alnum:]])`;
}
