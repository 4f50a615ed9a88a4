import { z } from "zod";
import { defineJob } from "#lib/jobs/index.ts";

/** Runs every check of a submission and routes it. */
export const checkSubmissionJob = defineJob({ name: "submission.check", payload: z.object({ submissionId: z.uuid() }), seconds: 180, retries: 5 });
/** Carries out an approval: the transactional outbox's last step. */
export const publishVersionJob = defineJob({ name: "submission.publish", payload: z.object({ submissionId: z.uuid() }), seconds: 120, retries: 20 });
