import type { Tx } from "#lib/platform/index.ts";

/** Owners of a publisher who can act: neither suspended nor gone. */
export async function activeOwners(tx: Tx, publisherId: string): Promise<{ id: string; email: string }[]> {
  const rows = await tx.membership.findMany({ where: { publisherId, role: "owner", user: { suspendedAt: null, deletedAt: null } }, include: { user: { select: { id: true, email: true } } } });
  return rows.map((row) => row.user);
}
