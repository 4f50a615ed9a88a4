import { listenForMetrics, provideFacts, readConfig, redactOutput, startTracing } from "#lib/platform/index.ts";
import { health, openRuntime, useRuntime, watchHealth } from "#lib/runtime/index.ts";
import { completeEnvironment } from "#scripts/environment.ts";
import { endWithParent, reportReady } from "#scripts/child-process.ts";
import { keepHouse } from "./housekeeping.ts";
import { JOBS, REGISTRY } from "./registry.ts";
import { runSequencer } from "./sequencer.ts";
import { waitOut } from "./wait-out.ts";

process.env["KOS_PROCESS"] = "worker";
completeEnvironment(process.env);
const config = readConfig(process.env);
redactOutput();
const stopTracing = await startTracing(config, "kos-worker");
const deps = await openRuntime(config, "worker", JOBS);
useRuntime(deps);
const stopping = new AbortController();
await watchHealth(deps, stopping.signal);

for (const { job, parallel, handle } of REGISTRY) {
  await deps.queue.work(job, parallel, async (payload) => {
    try {
      await waitOut(deps, job, stopping.signal, () => handle(deps, payload));
    } catch (error) {
      deps.logger.error({ err: error, job: job.name, payload }, "a job failed and is retried");
      throw error;
    }
  });
}
keepHouse(deps, stopping.signal);
const sequencing = runSequencer(deps, stopping.signal);
const stopMetrics = await serveMetrics();
reportReady({});

endWithParent(async () => {
  stopping.abort();
  await deps.queue.stop();
  await sequencing;
  await deps.db.$disconnect();
  await stopMetrics();
  await stopTracing();
});

/** A worker serves nothing else. */
async function serveMetrics(): Promise<() => Promise<void>> {
  if (config.workerMetricsPort === null) return () => Promise.resolve();
  provideFacts({ health });
  return await listenForMetrics({ port: config.workerMetricsPort, host: config.host, token: config.metricsToken, databaseUrl: config.databaseUrl });
}
