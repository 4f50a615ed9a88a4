/** A message of the development outbox, whole. */
export interface OutboxMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  createdAt: string;
}

/** Languages that every mail is written in. */
export const MAIL_LANGUAGES = ["en", "de"] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/** Kinds of mail, and which of them a person may switch off. */
export const MAIL_GROUPS = {
  security: { optional: false, label: "Security", meaning: "Sign-in links, changes of your address, factors, roles and standing, leaked tokens." },
  submissions: { optional: true, label: "Submissions", meaning: "What became of what you submitted: published, returned or rejected." },
  team: { optional: true, label: "Team", meaning: "Invitations, members, offers of listings and claims of names of your publishers." },
  tokens: { optional: true, label: "Tokens that end", meaning: "Seven days and one day before a token of yours ends." },
} as const satisfies Record<string, { optional: boolean; label: string; meaning: string }>;
export type MailGroup = keyof typeof MAIL_GROUPS;

export const OPTIONAL_GROUPS = ["submissions", "team", "tokens"] as const satisfies readonly MailGroup[];
