import { z } from "zod";
import { defineJob } from "#lib/jobs/index.ts";

/**
 * Something that hosts are told of changed; what follows from it (the feed) is wired in worker/registry.ts. Two builds a
 * second keep a burst of publishes cheap and each of them visible within one.
 */
export const catalogChangedJob = defineJob({ name: "catalog.changed", payload: z.object({}), seconds: 120, retries: 20, togetherEveryMs: 500 });
