export { queueMail, sendMailJob, type MailContent } from "./queue-mail.ts";
export { readOutbox } from "./read-outbox.ts";
export { mailDelivery, sendMail } from "./send-mail.ts";
export { signInMail } from "./templates/sign-in.ts";
export { submissionMail, type SubmissionMail } from "./templates/submission.ts";
