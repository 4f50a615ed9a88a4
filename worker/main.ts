import { readConfig } from "#lib/platform/index.ts";
import { openRuntime, useRuntime } from "#lib/runtime/index.ts";
import { completeEnvironment } from "#scripts/environment.ts";
import { endWithParent, reportReady } from "#scripts/child-process.ts";
import { keepHouse } from "./housekeeping.ts";
import { JOBS, REGISTRY } from "./registry.ts";

process.env["KOS_PROCESS"] = "worker";
completeEnvironment(process.env);
const deps = await openRuntime(readConfig(process.env), "worker", JOBS);
useRuntime(deps);

for (const { job, parallel, handle } of REGISTRY) {
  await deps.queue.work(job, parallel, async (payload) => {
    try {
      await handle(deps, payload);
    } catch (error) {
      deps.logger.error({ err: error, job: job.name, payload }, "a job failed and is retried");
      throw error;
    }
  });
}
const stopping = new AbortController();
keepHouse(deps, stopping.signal);
reportReady({});

endWithParent(async () => {
  stopping.abort();
  await deps.queue.stop();
  await deps.db.$disconnect();
});
