import type { MailContent } from "../queue-mail.ts";
import { letter } from "./layout.ts";

export interface SubmissionMail {
  event: "needs-changes" | "rejected" | "published";
  listing: string;
  version: string;
  /** Who decided, as the record names them. */
  by: string;
  reason: string | null;
  url: string;
}

const SENTENCES: Record<SubmissionMail["event"], (mail: SubmissionMail) => { subject: string; first: string }> = {
  "needs-changes": ({ listing, version, by }) => ({ subject: `${listing} ${version} needs changes`, first: `Your submission of ${listing} ${version} was returned by ${by}. The version stays free: change what was found and submit it again.` }),
  rejected: ({ listing, version, by }) => ({ subject: `${listing} ${version} was rejected`, first: `Your submission of ${listing} ${version} was rejected by ${by}.` }),
  published: ({ listing, version }) => ({ subject: `${listing} ${version} is published`, first: `${listing} ${version} is published. Hosts learn of it at their next poll of the feed.` }),
};

/** What a publisher is told when a submission of theirs is returned, rejected or published. */
export function submissionMail(mail: SubmissionMail): MailContent {
  const { subject, first } = SENTENCES[mail.event](mail);
  const paragraphs = mail.reason === null ? [first] : [first, `Reason: ${mail.reason}`];
  return { event: `submission.${mail.event}`, subject, ...letter({ paragraphs, link: { label: "See the checks and reasons", url: mail.url } }) };
}
