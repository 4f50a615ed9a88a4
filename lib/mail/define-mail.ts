import type { MailGroup, MailLanguage } from "./schema.ts";

/** What happened, where or why: shown as a short list below the sentences. */
export interface MailFact {
  label: string;
  value: string;
}

/** The sentences of one mail in one language. `action` is what the link says; a mail has it exactly when its data have a `url`. */
export interface MailWords {
  /** Also the heading of the HTML. */
  subject: string;
  /** The first one is what mail readers show beside the subject. */
  paragraphs: string[];
  facts?: MailFact[];
  action?: string;
}

/** A mail as it is kept and sent. */
export interface MailContent {
  event: string;
  subject: string;
  text: string;
  html: string;
}

/** One event that people are told of by mail: its words in every language, and data to show it with. */
export interface MailTemplate<D extends { url?: string }> {
  /** Name in the outbox, such as `submission.rejected`. */
  event: string;
  group: MailGroup;
  /** Whoever reads it cannot sign in, so that no link into the settings would lead anywhere. */
  signedOut?: true;
  words: Record<MailLanguage, (data: D) => MailWords>;
  sample: D;
}

/** A mail whose language is not chosen yet: `queueMail` takes it, and asks the recipient's account. */
export interface Letter {
  event: string;
  group: MailGroup;
  url: string | null;
  signedOut?: true;
  words: (language: MailLanguage) => MailWords;
}

/** What a template becomes: called with data it is a letter. */
export interface Mail<D extends { url?: string }> {
  (data: D): Letter;
  event: string;
  group: MailGroup;
  sample: () => Letter;
}

/** Makes a mail out of its words; every one is also listed in `templates/index.ts`. */
export function defineMail<D extends { url?: string }>(template: MailTemplate<D>): Mail<D> {
  const { event, group, signedOut, words, sample } = template;
  const letter = (data: D): Letter => ({ event, group, url: data.url ?? null, ...(signedOut && { signedOut }), words: (language) => words[language](data) });
  return Object.assign(letter, { event, group, sample: () => letter(sample) });
}
