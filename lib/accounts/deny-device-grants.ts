import type { Tx } from "#lib/platform/index.ts";

/** Refuses the sign-ins of command lines that an account approved and that have not fetched their token: they would outlive its sessions. */
export async function denyDeviceGrants(tx: Tx, input: { userId: string; now: Date }): Promise<{ count: number }> {
  return await tx.deviceGrant.updateMany({ where: { userId: input.userId, consumedAt: null, deniedAt: null }, data: { deniedAt: input.now } });
}
