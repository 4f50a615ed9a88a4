import { defineMail } from "../define-mail.ts";

/** A token ends in a week, or tomorrow. */
export const tokenExpiringMail = defineMail<{ token: string; prefix: string; days: number; url: string }>({
  event: "token.expiring",
  group: "tokens",
  words: {
    en: ({ token, prefix, days }) => ({
      subject: `Your token “${token}” ends in ${days === 1 ? "a day" : `${days} days`}`,
      paragraphs: [`Your API token “${token}” (${prefix}…) ends in ${days === 1 ? "a day" : `${days} days`}. Whatever uses it is refused from then on.`, "A token cannot be made longer. If you still need it, make a new one and put it in the old one's place."],
      action: "See your tokens",
    }),
    de: ({ token, prefix, days }) => ({
      subject: `Ihr Token „${token}“ läuft in ${days === 1 ? "einem Tag" : `${days} Tagen`} ab`,
      paragraphs: [`Ihr API-Token „${token}“ (${prefix}…) läuft in ${days === 1 ? "einem Tag" : `${days} Tagen`} ab. Programme, die es benutzen, werden ab dann abgewiesen.`, "Ein Token lässt sich nicht verlängern. Wenn Sie es weiterhin brauchen, erstellen Sie ein neues und ersetzen das alte."],
      action: "Tokens ansehen",
    }),
  },
  sample: { token: "Build server", prefix: "kos_8fT2qK", days: 7, url: "https://market.example/tokens" },
});
