export { listFailedJobs, retryFailedJob } from "./failed-jobs.ts";
export { readInstance } from "./read-instance.ts";
export { setReadOnly } from "./set-read-only.ts";
