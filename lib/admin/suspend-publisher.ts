import { refuseTokens, requireStepUp, type Principal } from "#lib/accounts/index.ts";
import { recordEvent } from "#lib/audit/index.ts";
import { catalogChangedJob } from "#lib/catalog/index.ts";
import { notFound, RegistryError } from "#lib/http/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import { recordLeaf } from "#lib/transparency/index.ts";
import { lockAdministrators, requireStillAdministrator } from "./lock-administrators.ts";

export interface SuspendPublisherInput {
  principal: Principal;
  slug: string;
  reason: string;
}

/** Takes everything of a publisher out of every answer within ten seconds, and says so in the record, reason included. Nothing is deleted. */
export async function suspendPublisher(deps: Deps, input: SuspendPublisherInput): Promise<void> {
  await change(deps, input, true);
}

/** Gives everything of a suspended publisher out again. */
export async function restorePublisher(deps: Deps, input: SuspendPublisherInput): Promise<void> {
  await change(deps, input, false);
}

async function change(deps: Deps, { principal, slug, reason }: SuspendPublisherInput, suspend: boolean): Promise<void> {
  refuseTokens(principal);
  await requireStepUp(deps, principal);
  await deps.db.$transaction(async (tx) => {
    requireStillAdministrator(await lockAdministrators(tx), principal);
    const data = suspend ? { suspendedAt: deps.now(), suspendedReason: reason } : { suspendedAt: null, suspendedReason: null };
    const { count } = await tx.publisher.updateMany({ where: { slug, suspendedAt: suspend ? null : { not: null } }, data });
    if (count !== 1) {
      if ((await tx.publisher.count({ where: { slug } })) === 0) throw notFound(`Publisher \`${slug}\``);
      throw new RegistryError("move-not-allowed", suspend ? `The publisher \`${slug}\` is suspended already.` : `The publisher \`${slug}\` is not suspended.`);
    }
    const name = suspend ? "accounts:publisher:suspend" : "accounts:publisher:restore";
    const event = await recordEvent(tx, { name, subject: `publisher:${slug}`, actorId: principal.userId, data: { reason } });
    await recordLeaf(tx, `event:${event}`, principal.userId);
    await deps.queue.enqueue(tx, catalogChangedJob, {});
  });
}
