import { defineMail, type Letter } from "../define-mail.ts";
import type { MailLanguage } from "../schema.ts";

export interface SubmissionMail {
  event: "needs-changes" | "rejected" | "published";
  listing: string;
  version: string;
  /** Who decided, as the record names them. */
  by: string;
  reason: string | null;
  url: string;
}

type Sentences = (mail: SubmissionMail) => { subject: string; first: string };

const SENTENCES: Record<SubmissionMail["event"], Record<MailLanguage, Sentences>> = {
  "needs-changes": {
    en: ({ listing, version, by }) => ({ subject: `${listing} ${version} needs changes`, first: `${by} returned your submission of ${listing} ${version}. Change what was found and submit the same version again.` }),
    de: ({ listing, version, by }) => ({ subject: `${listing} ${version} braucht Änderungen`, first: `${by} hat Ihre Einreichung von ${listing} ${version} zurückgegeben. Ändern Sie, was beanstandet wurde, und reichen Sie dieselbe Version erneut ein.` }),
  },
  rejected: {
    en: ({ listing, version, by }) => ({ subject: `${listing} ${version} was rejected`, first: `${by} rejected your submission of ${listing} ${version}.` }),
    de: ({ listing, version, by }) => ({ subject: `${listing} ${version} wurde abgelehnt`, first: `${by} hat Ihre Einreichung von ${listing} ${version} abgelehnt.` }),
  },
  published: {
    en: ({ listing, version }) => ({ subject: `${listing} ${version} is published`, first: `${listing} ${version} is in the registry now. Hosts learn of it at their next poll of the feed.` }),
    de: ({ listing, version }) => ({ subject: `${listing} ${version} wurde veröffentlicht`, first: `${listing} ${version} steht jetzt in der Registry. Hosts erfahren davon bei der nächsten Abfrage des Feeds.` }),
  },
};

const tell = (event: SubmissionMail["event"]) =>
  defineMail<SubmissionMail>({
    event: `submission.${event}`,
    group: "submissions",
    words: {
      en: (mail) => ({ ...withReason(SENTENCES[event].en(mail), mail.reason, "Reason"), action: "See the checks and reasons" }),
      de: (mail) => ({ ...withReason(SENTENCES[event].de(mail), mail.reason, "Begründung"), action: "Prüfungen und Gründe ansehen" }),
    },
    sample: { event, listing: "tide-table", version: "1.2.0", by: "Ada", reason: event === "published" ? null : "The README does not say what the log line is for.", url: "https://market.example/submissions/01900000-0000-7000-8000-000000000000" },
  });

function withReason({ subject, first }: { subject: string; first: string }, reason: string | null, label: string) {
  return { subject, paragraphs: [first], facts: reason === null ? [] : [{ label, value: reason }] };
}

/** One mail for each end of a submission. */
export const SUBMISSION_MAILS = { "needs-changes": tell("needs-changes"), rejected: tell("rejected"), published: tell("published") } as const;

/** What a publisher is told when a submission of theirs is returned, rejected or published. */
export function submissionMail(mail: SubmissionMail): Letter {
  return SUBMISSION_MAILS[mail.event](mail);
}
