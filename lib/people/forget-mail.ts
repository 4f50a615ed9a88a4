import type { Tx } from "#lib/platform/index.ts";

/** Removes the messages to an address, and from sent ones to others the texts that name the person. */
export async function forgetMail(tx: Tx, { email, name }: { email: string; name: string | null }): Promise<void> {
  await tx.mail.deleteMany({ where: { to: { equals: email, mode: "insensitive" } } });
  for (const word of [email, name ?? ""].filter((text) => text !== "")) {
    await tx.$executeRaw`UPDATE "Mail" SET "text" = '', "html" = '' WHERE "sentAt" IS NOT NULL AND (strpos(lower("text"), lower(${word})) > 0 OR strpos(lower("html"), lower(${word})) > 0)`;
    await tx.$executeRaw`UPDATE "Mail" SET "subject" = '(removed)' WHERE "sentAt" IS NOT NULL AND strpos(lower("subject"), lower(${word})) > 0`;
  }
}
