import { defineMail } from "../define-mail.ts";

/** A token was reported as leaked, and revoked at once. */
export const tokenLeakedMail = defineMail<{ token: string; prefix: string; source: string | null; url: string }>({
  event: "token.leaked",
  group: "security",
  words: {
    en: ({ token, prefix, source }) => ({
      subject: `Your token “${token}” was found in public and revoked`,
      paragraphs: [
        `Someone sent us your API token “${token}” (${prefix}…), so others can read it too. It was revoked at once and no longer works.`,
        "Look at what was published and yanked in your name lately, find out how the token came there, and make a new one where you need it.",
      ],
      facts: [{ label: "Found at", value: source ?? "The report does not say." }],
      action: "See your tokens",
    }),
    de: ({ token, prefix, source }) => ({
      subject: `Ihr Token „${token}“ war öffentlich zu lesen und wurde widerrufen`,
      paragraphs: [
        `Jemand hat uns Ihr API-Token „${token}“ (${prefix}…) gemeldet; also können es auch andere lesen. Es wurde sofort widerrufen und gilt nicht mehr.`,
        "Sehen Sie nach, was zuletzt in Ihrem Namen veröffentlicht und zurückgezogen wurde, klären Sie, wie das Token dorthin kam, und erstellen Sie bei Bedarf ein neues.",
      ],
      facts: [{ label: "Fundort", value: source ?? "In der Meldung nicht angegeben." }],
      action: "Tokens ansehen",
    }),
  },
  sample: { token: "Build server", prefix: "kos_8fT2qK", source: "https://code.example/ada/tide-table/commit/4f1c", url: "https://market.example/tokens" },
});
