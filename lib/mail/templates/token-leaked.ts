import { defineMail } from "../define-mail.ts";

/** A token was reported as leaked, and revoked at once. */
export const tokenLeakedMail = defineMail<{ token: string; prefix: string; source: string | null; url: string }>({
  event: "token.leaked",
  group: "security",
  words: {
    en: ({ token, prefix, source }) => ({
      subject: `Your token “${token}” was found in the open and revoked`,
      paragraphs: [
        `Someone sent us your API token “${token}” (${prefix}…), so others can read it too. It was revoked at once and works no more.`,
        source === null ? "The report does not say where it was found." : `It was found here, as the report says: ${source}`,
        "Look at what was published and yanked in your name lately, find out how the token came there, and make a new one where you need it.",
      ],
      action: "See your tokens",
    }),
    de: ({ token, prefix, source }) => ({
      subject: `Ihr Token „${token}“ war offen zu lesen und wurde widerrufen`,
      paragraphs: [
        `Jemand hat uns Ihr API-Token „${token}“ (${prefix}…) geschickt, also können auch andere es lesen. Es wurde sofort widerrufen und gilt nicht mehr.`,
        source === null ? "In der Meldung steht nicht, wo es gefunden wurde." : `Laut der Meldung wurde es hier gefunden: ${source}`,
        "Sehen Sie nach, was zuletzt in Ihrem Namen veröffentlicht und zurückgezogen wurde, klären Sie, wie das Token dorthin kam, und erstellen Sie bei Bedarf ein neues.",
      ],
      action: "Tokens ansehen",
    }),
  },
  sample: { token: "Build server", prefix: "kos_8fT2qK", source: "https://code.example/ada/tide-table/commit/4f1c", url: "https://market.example/tokens" },
});
