import type { Db, Tx } from "#lib/platform/index.ts";

/** How long a changed address can be taken back. */
export const UNDO_MS = 7 * 86_400_000;

/**
 * True while the address belonged to an account until days ago and may still be taken back: nobody else gets it
 * meanwhile, or a thief could block the way back. `except` names the account that may.
 */
export async function isAddressHeld(db: Db | Tx, input: { email: string; now: Date; except?: string }): Promise<boolean> {
  const since = new Date(input.now.getTime() - UNDO_MS);
  return (await db.emailChange.count({ where: { oldEmail: input.email, confirmedAt: { gt: since }, undoneAt: null, ...(input.except === undefined ? {} : { userId: { not: input.except } }) } })) > 0;
}
