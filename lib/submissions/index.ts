export { moveNotAllowed, staleSubmission, submissionMissing } from "./errors.ts";
export { checkSubmissionJob, publishVersionJob } from "./jobs.ts";
export { moveSubmission } from "./move-submission.ts";
export { listSubmissions, readSubmission } from "./read-submission.ts";
export { findMove, movesFrom, OPEN_STATES, TRANSITIONS, WAITING_STATES, type Move, type Mover } from "./transitions.ts";
export { withdrawSubmission } from "./withdraw-submission.ts";
