import { defineMail } from "../define-mail.ts";
import { describeMoment } from "./describe-moment.ts";

/** Asks the new address to confirm that the account may have it. */
export const confirmEmailMail = defineMail<{ host: string; url: string }>({
  event: "account.email-confirm",
  group: "security",
  words: {
    en: ({ host }) => ({
      subject: `Confirm your new address at ${host}`,
      paragraphs: [`Someone, most likely you, asked to use this address for an account at ${host}.`, "The link works once, for 24 hours, and only in a browser where that account is signed in. If it was not you, there is nothing to do."],
      action: "Confirm this address",
    }),
    de: ({ host }) => ({
      subject: `Bestätigen Sie Ihre neue Adresse bei ${host}`,
      paragraphs: [`Jemand, vermutlich Sie, möchte diese Adresse für ein Konto bei ${host} verwenden.`, "Der Link gilt einmal, 24 Stunden lang und nur in einem Browser, in dem dieses Konto angemeldet ist. Wenn Sie das nicht waren, brauchen Sie nichts zu tun."],
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
      subject: `This address already has an account at ${host}`,
      paragraphs: [`Someone asked to use this address for another account at ${host}. It has an account already, so nothing was changed.`, "If it was you, sign in with this address instead. If not, there is nothing to do."],
      action: "Sign in",
    }),
    de: ({ host }) => ({
      subject: `Diese Adresse hat schon ein Konto bei ${host}`,
      paragraphs: [`Jemand wollte diese Adresse für ein anderes Konto bei ${host} verwenden. Sie gehört schon zu einem Konto, deshalb wurde nichts geändert.`, "Wenn Sie das waren, melden Sie sich stattdessen mit dieser Adresse an. Andernfalls brauchen Sie nichts zu tun."],
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
        `Your account at ${host} has had another address since ${describeMoment(at, "en")}. This one no longer signs in to it.`,
        "If it was not you, take it back with the link. It works once, for seven days.",
        "Your account then has this address again, all its sessions end, and every way to sign in that was added since a week before the change is removed.",
      ],
      action: "This was not me: take it back",
    }),
    de: ({ host, at }) => ({
      subject: `Die Adresse Ihres Kontos bei ${host} wurde geändert`,
      paragraphs: [
        `Ihr Konto bei ${host} hat eine andere Adresse (geändert am ${describeMoment(at, "de")}). Mit dieser hier kann man sich dort nicht mehr anmelden.`,
        "Wenn Sie das nicht waren, machen Sie die Änderung über den Link rückgängig. Er gilt einmal und sieben Tage lang.",
        "Ihr Konto hat dann wieder diese Adresse, alle Sitzungen werden beendet, und jeder Anmeldeweg, der ab einer Woche vor der Änderung hinzukam, wird entfernt.",
      ],
      action: "Änderung rückgängig machen",
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
      paragraphs: [`The change of address was taken back and every session of your account at ${host} was ended.`, "Tokens, identities and second factors that were added since a week before the change were removed; set up again what was yours. Then look at your keys and publishers, which were left as they are."],
      action: "Sign in",
    }),
    de: ({ host }) => ({
      subject: `Ihr Konto bei ${host} hat wieder diese Adresse`,
      paragraphs: [`Die Änderung der Adresse wurde rückgängig gemacht, und alle Sitzungen Ihres Kontos bei ${host} wurden beendet.`, "Tokens, verbundene Konten und zweite Faktoren, die ab einer Woche vor der Änderung hinzukamen, wurden entfernt; richten Sie neu ein, was davon Ihnen gehörte. Prüfen Sie danach Ihre Schlüssel und Herausgeber, denn daran wurde nichts geändert."],
      action: "Anmelden",
    }),
  },
  sample: { host: "market.example", url: "https://market.example/sign-in" },
});
