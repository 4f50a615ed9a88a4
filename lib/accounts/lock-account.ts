import type { Tx } from "#lib/platform/index.ts";

/**
 * Lets one transaction at a time change how an account is signed in to; others wait, and so does the opening of a
 * session. Taken before any row of the account, so that two never wait for each other.
 */
export async function lockAccount(tx: Tx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE "id" = ${userId}::uuid FOR UPDATE`;
}
