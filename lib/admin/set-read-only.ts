import { recordEvent } from "#lib/audit/index.ts";
import { READ_ONLY_SETTING, type Deps } from "#lib/runtime/index.ts";

/**
 * Stops or allows changes everywhere within two seconds: `reason`, in words for people, stops them, null allows them.
 * Reading goes on, signing in too, and workers finish what was accepted.
 */
export async function setReadOnly(deps: Deps, input: { reason: string | null; actorId: string | null }): Promise<void> {
  await deps.db.$transaction(async (tx) => {
    const { reason } = input;
    if (reason === null) await tx.setting.deleteMany({ where: { key: READ_ONLY_SETTING } });
    else await tx.setting.upsert({ where: { key: READ_ONLY_SETTING }, create: { key: READ_ONLY_SETTING, value: { reason } }, update: { value: { reason }, updatedAt: new Date() } });
    await recordEvent(tx, { name: "admin:instance:read-only", subject: "instance", actorId: input.actorId, data: { reason } });
  });
}
