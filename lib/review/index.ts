export { claimSubmission } from "./claim-submission.ts";
export { decideSubmission, type DecideInput } from "./decide-submission.ts";
export { notifyPublisher } from "./notify-publisher.ts";
export { countDeciders, initialisePolicy, setPolicy, SETTABLE_POLICIES } from "./policy.ts";
export { readQueue } from "./read-queue.ts";
export { readReviewBundle } from "./read-review-bundle.ts";
export { routeSubmission } from "./route-submission.ts";
