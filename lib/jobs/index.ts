export { defineJob, openQueue, type Job, type Queue } from "./queue.ts";
