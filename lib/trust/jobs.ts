import { z } from "zod";
import { defineJob } from "#lib/jobs/index.ts";

/** Looks whether a proven domain still carries its proof. A look that finds nothing is an outcome, and no failure of the job. */
export const recheckNameJob = defineJob({ name: "trust.recheck-name", payload: z.object({ proofId: z.uuid() }), seconds: 60, retries: 3 });
