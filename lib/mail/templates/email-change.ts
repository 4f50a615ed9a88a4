import { defineMail } from "../define-mail.ts";

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** Asks the new address to confirm that the account may have it. */
export const confirmEmailMail = defineMail<{ host: string; url: string }>({
  event: "account.email-confirm",
  group: "security",
  words: {
    en: ({ host }) => ({
      subject: `Confirm your new address at ${host}`,
      paragraphs: [`Someone, most likely you, asked to use this address for an account at ${host}.`, "The link works once, for 24 hours, and only where that account is signed in. If it was not you, nothing happens unless you use it."],
      action: "Confirm this address",
    }),
    de: ({ host }) => ({
      subject: `Bestätigen Sie Ihre neue Adresse bei ${host}`,
      paragraphs: [`Jemand, vermutlich Sie, möchte diese Adresse für ein Konto bei ${host} verwenden.`, "Der Link gilt einmal, 24 Stunden lang, und nur dort, wo dieses Konto angemeldet ist. Waren Sie es nicht, geschieht nichts, solange Sie ihn nicht benutzen."],
      action: "Diese Adresse bestätigen",
    }),
  },
  sample: { host: "market.example", url: "https://market.example/settings/email/confirm?token=example" },
});

/** Tells the owner of an address that another account asked for it; the account that asked is told nothing of it. */
export const addressTakenMail = defineMail<{ host: string; url: string }>({
  event: "account.email-taken",
  group: "security",
  words: {
    en: ({ host }) => ({
      subject: `This address has an account at ${host}`,
      paragraphs: [`Someone asked to use this address for another account at ${host}. It has an account already, so nothing was changed.`, "If it was you, sign in with this address instead. If not, there is nothing to do."],
      action: "Sign in",
    }),
    de: ({ host }) => ({
      subject: `Diese Adresse hat ein Konto bei ${host}`,
      paragraphs: [`Jemand wollte diese Adresse für ein anderes Konto bei ${host} verwenden. Sie hat schon ein Konto, deshalb wurde nichts geändert.`, "Waren Sie es, melden Sie sich stattdessen mit dieser Adresse an. Sonst ist nichts zu tun."],
      action: "Anmelden",
    }),
  },
  sample: { host: "market.example", url: "https://market.example/sign-in" },
});

/** Tells the old address that the account left it, and how to take that back. The new address is not named. */
export const emailChangedMail = defineMail<{ host: string; at: Date; url: string }>({
  event: "account.email-changed",
  group: "security",
  words: {
    en: ({ host, at }) => ({
      subject: `The address of your account at ${host} was changed`,
      paragraphs: [
        `Your account at ${host} got another address on ${minute(at)}; this one no longer signs in to it.`,
        "If it was not you, take it back with the link: it works once, for seven days, makes this the account’s address again, ends all its sessions and takes away the ways in that were added since a week before.",
      ],
      action: "This was not me: take it back",
    }),
    de: ({ host, at }) => ({
      subject: `Die Adresse Ihres Kontos bei ${host} wurde geändert`,
      paragraphs: [
        `Ihr Konto bei ${host} hat seit ${minute(at)} eine andere Adresse; mit dieser kann man sich dort nicht mehr anmelden.`,
        "Waren Sie es nicht, nehmen Sie die Änderung mit dem Link zurück: Er gilt einmal, sieben Tage lang, macht diese wieder zur Adresse des Kontos, beendet alle Sitzungen und entfernt die Zugänge, die seit einer Woche davor hinzukamen.",
      ],
      action: "Das war ich nicht: zurücknehmen",
    }),
  },
  sample: { host: "market.example", at: new Date("2026-05-03T10:20:00Z"), url: "https://market.example/settings/email/undo?token=example" },
});

/** Tells the old address that it is the account's again. */
export const emailUndoneMail = defineMail<{ host: string; url: string }>({
  event: "account.email-undone",
  group: "security",
  words: {
    en: ({ host }) => ({
      subject: `Your account at ${host} has this address again`,
      paragraphs: [`The change of address was taken back and every session of your account at ${host} was ended.`, "Tokens, identities and second factors that were added since a week before the change were taken away; set up again what was yours. Then look at your keys and publishers: they were left as they are."],
      action: "Sign in",
    }),
    de: ({ host }) => ({
      subject: `Ihr Konto bei ${host} hat wieder diese Adresse`,
      paragraphs: [`Die Änderung der Adresse wurde zurückgenommen, und alle Sitzungen Ihres Kontos bei ${host} wurden beendet.`, "Tokens, Identitäten und zweite Faktoren, die seit einer Woche vor der Änderung hinzukamen, wurden entfernt; richten Sie wieder ein, was Ihres war. Sehen Sie dann Ihre Schlüssel und Herausgeber durch: Sie blieben, wie sie sind."],
      action: "Anmelden",
    }),
  },
  sample: { host: "market.example", url: "https://market.example/sign-in" },
});
