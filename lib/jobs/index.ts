export { type FailedJob } from "./failed-jobs.ts";
export { defineJob, openQueue, type Job, type Queue } from "./queue.ts";
