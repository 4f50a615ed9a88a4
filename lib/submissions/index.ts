export { moveNotAllowed, staleSubmission, submissionMissing } from "./errors.ts";
export { checkSubmissionJob, publishVersionJob } from "./jobs.ts";
export { moveSubmission } from "./move-submission.ts";
export { displayName, listSubmissions, readSubmission } from "./read-submission.ts";
export { OPEN_STATES, WAITING_STATES, type Move, type Mover } from "./transitions.ts";
export { withdrawSubmission } from "./withdraw-submission.ts";
