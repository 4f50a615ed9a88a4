import { recordEvent } from "#lib/audit/index.ts";
import { notFound } from "#lib/http/index.ts";
import type { FailedJob } from "#lib/jobs/index.ts";
import type { Deps } from "#lib/runtime/index.ts";
import type { FailedJobView } from "./schema.ts";

/** Background jobs that used up their attempts, newest first. */
export async function listFailedJobs(deps: Deps): Promise<FailedJobView[]> {
  return (await deps.queue.failed()).map(toView);
}

/**
 * Gives a failed job one more attempt and returns it as it was. Throws `not-found` where no failed job has that id:
 * it may have been retried by somebody else meanwhile.
 */
export async function retryFailedJob(deps: Deps, input: { id: string; actorId: string | null }): Promise<FailedJobView> {
  const job = await deps.db.$transaction(async (tx) => {
    const retried = await deps.queue.retry(tx, input.id);
    if (retried === null) throw notFound(`A failed job \`${input.id}\``);
    await recordEvent(tx, { name: "jobs:job:retry", subject: `job:${retried.id}`, actorId: input.actorId, data: { name: retried.name } });
    return retried;
  });
  return toView(job);
}

function toView(job: FailedJob): FailedJobView {
  return { ...job, createdAt: job.createdAt.toISOString(), failedAt: job.failedAt?.toISOString() ?? null };
}
