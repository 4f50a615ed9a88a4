import { defineMail } from "../define-mail.ts";
import type { MailLanguage } from "../schema.ts";

export type AddedFactor = { kind: "passkey"; name: string } | { kind: "totp" };
type Factor = AddedFactor | { kind: "all" };
interface FactorNews {
  factor: Factor;
  url: string;
}

const FACTOR: Record<MailLanguage, (factor: Factor) => string> = {
  en: (factor) => (factor.kind === "passkey" ? `the passkey “${factor.name}”` : factor.kind === "totp" ? "an authenticator app" : "every second factor, by the operator, who ended all sessions too"),
  de: (factor) => (factor.kind === "passkey" ? `der Passkey „${factor.name}“` : factor.kind === "totp" ? "eine Authenticator-App" : "alle zweiten Faktoren, durch den Betreiber, der auch alle Sitzungen beendet hat"),
};
const ACTION = { en: "See your second factors", de: "Zweite Faktoren ansehen" } as const;
const NOT_YOU = {
  en: "If it was not you, somebody else can use your account: sign in, remove what you do not recognise and end the other sessions.",
  de: "Wenn Sie das nicht waren, hat jemand anderes Zugang zu Ihrem Konto: Melden Sie sich an, entfernen Sie, was Sie nicht kennen, und beenden Sie alle anderen Sitzungen.",
} as const;
const sample = { factor: { kind: "passkey", name: "Laptop" }, url: "https://market.example/settings/security" } as const;

/** A second factor was added. */
const factorAddedMail = defineMail<FactorNews>({
  event: "factor.added",
  group: "security",
  words: {
    en: ({ factor }) => ({ subject: "A second factor was added to your account", paragraphs: [`Added to your account: ${FACTOR.en(factor)}. Approvals, keys and tokens ask for it from now on.`, NOT_YOU.en], action: ACTION.en }),
    de: ({ factor }) => ({ subject: "Ihrem Konto wurde ein zweiter Faktor hinzugefügt", paragraphs: [`Neu in Ihrem Konto: ${FACTOR.de(factor)}. Bei Freigaben, Schlüsseln und Tokens wird von nun an danach gefragt.`, NOT_YOU.de], action: ACTION.de }),
  },
  sample,
});

/** The first second factor was added: with a link that takes it away, for an owner who did not add it and cannot prove it. */
const firstFactorAddedMail = defineMail<{ factor: AddedFactor; url: string }>({
  event: "factor.first-added",
  group: "security",
  words: {
    en: ({ factor }) => ({
      subject: "A second factor was added to your account",
      paragraphs: [
        `Added to your account: ${FACTOR.en(factor)}. It is the first one; approvals, keys and tokens ask for it from now on. If it was you, there is nothing to do.`,
        "If it was not you, take it away with the link. It works once, for seven days.",
        "Every second factor that was added since then goes too, all sessions end, and tokens and identities that were added since a week before are removed.",
      ],
      action: "Take the second factor away",
    }),
    de: ({ factor }) => ({
      subject: "Ihrem Konto wurde ein zweiter Faktor hinzugefügt",
      paragraphs: [
        `Neu in Ihrem Konto: ${FACTOR.de(factor)}. Es ist der erste zweite Faktor; bei Freigaben, Schlüsseln und Tokens wird von nun an danach gefragt. Wenn Sie das waren, brauchen Sie nichts zu tun.`,
        "Wenn Sie das nicht waren, entfernen Sie ihn über den Link. Er gilt einmal und sieben Tage lang.",
        "Dabei werden auch alle später hinzugekommenen zweiten Faktoren entfernt, alle Sitzungen beendet und die Tokens und verbundenen Konten gelöscht, die ab einer Woche vorher hinzukamen.",
      ],
      action: "Zweiten Faktor entfernen",
    }),
  },
  sample: { factor: sample.factor, url: "https://market.example/settings/security/undo?token=example" },
});

/** A first second factor was taken away with the link of its mail. */
const factorUndoneMail = defineMail<{ url: string }>({
  event: "factor.undone",
  group: "security",
  words: {
    en: () => ({
      subject: "The second factors of your account were taken away",
      paragraphs: [
        "You said that the second factor was not yours. It was removed, with those added after it, and every session of your account was ended.",
        "Tokens and identities that were added since a week before, and later changes of the address, were removed too; set up again what was yours. Then look at your keys and publishers, which were left as they are.",
      ],
      action: "Sign in",
    }),
    de: () => ({
      subject: "Die zweiten Faktoren Ihres Kontos wurden entfernt",
      paragraphs: [
        "Sie haben angegeben, dass der zweite Faktor nicht Ihrer war. Er und alle danach hinzugekommenen wurden entfernt, und alle Sitzungen Ihres Kontos wurden beendet.",
        "Auch Tokens und verbundene Konten, die ab einer Woche vorher hinzukamen, und spätere Änderungen der Adresse wurden entfernt; richten Sie neu ein, was davon Ihnen gehörte. Prüfen Sie danach Ihre Schlüssel und Herausgeber, denn daran wurde nichts geändert.",
      ],
      action: "Anmelden",
    }),
  },
  sample: { url: "https://market.example/sign-in" },
});

/** A second factor was removed. */
const factorRemovedMail = defineMail<FactorNews>({
  event: "factor.removed",
  group: "security",
  words: {
    en: ({ factor }) => ({ subject: "A second factor was removed from your account", paragraphs: [`Removed from your account: ${FACTOR.en(factor)}.`, NOT_YOU.en], action: ACTION.en }),
    de: ({ factor }) => ({ subject: "Aus Ihrem Konto wurde ein zweiter Faktor entfernt", paragraphs: [`Aus Ihrem Konto entfernt: ${FACTOR.de(factor)}.`, NOT_YOU.de], action: ACTION.de }),
  },
  sample,
});

/** New recovery codes took the place of the old ones. */
const recoveryCodesMadeMail = defineMail<{ url: string }>({
  event: "factor.recovery-codes-made",
  group: "security",
  words: {
    en: () => ({ subject: "New recovery codes were made for your account", paragraphs: ["New recovery codes were made. The old ones no longer work.", NOT_YOU.en], action: ACTION.en }),
    de: () => ({ subject: "Für Ihr Konto wurden neue Wiederherstellungscodes erstellt", paragraphs: ["Es wurden neue Wiederherstellungscodes erstellt. Die bisherigen gelten nicht mehr.", NOT_YOU.de], action: ACTION.de }),
  },
  sample: { url: sample.url },
});

/** A recovery code stood in for a factor. */
const recoveryCodeUsedMail = defineMail<{ left: number; url: string }>({
  event: "factor.recovery-code-used",
  group: "security",
  words: {
    en: ({ left }) => ({ subject: "A recovery code of your account was used", paragraphs: [`A recovery code stood in for your second factor. ${left === 0 ? "None is left" : left === 1 ? "One is left" : `${left} are left`}.`, NOT_YOU.en], action: ACTION.en }),
    de: ({ left }) => ({ subject: "Ein Wiederherstellungscode Ihres Kontos wurde benutzt", paragraphs: [`Anstelle Ihres zweiten Faktors wurde ein Wiederherstellungscode benutzt. ${left === 0 ? "Es ist keiner mehr übrig." : left === 1 ? "Es ist noch einer übrig." : `Es sind noch ${left} übrig.`}`, NOT_YOU.de], action: ACTION.de }),
  },
  sample: { left: 9, url: sample.url },
});

/** The limit of wrong tries was reached. */
const wrongTriesMail = defineMail<{ url: string }>({
  event: "factor.wrong-tries",
  group: "security",
  words: {
    en: () => ({
      subject: "Failed tries of your second factor",
      paragraphs: ["Five tries to prove your second factor failed. More are refused for a while; nothing was changed.", "Whoever tried was signed in already. If it was not you, end all sessions, and check who can read the mailbox that sign-in links are sent to."],
      action: ACTION.en,
    }),
    de: () => ({
      subject: "Fehlgeschlagene Versuche mit Ihrem zweiten Faktor",
      paragraphs: ["Fünf Versuche, Ihren zweiten Faktor nachzuweisen, sind gescheitert. Weitere werden eine Weile abgelehnt; geändert wurde nichts.", "Wer es versucht hat, war bereits angemeldet. Wenn Sie das nicht waren, beenden Sie alle Sitzungen und prüfen Sie, wer Zugang zu dem Postfach hat, an das die Anmeldelinks gehen."],
      action: ACTION.de,
    }),
  },
  sample: { url: sample.url },
});

/** What the owner of an account is told of its second factors. */
export const FACTOR_MAILS = { added: factorAddedMail, firstAdded: firstFactorAddedMail, undone: factorUndoneMail, removed: factorRemovedMail, recoveryCodesMade: recoveryCodesMadeMail, recoveryCodeUsed: recoveryCodeUsedMail, wrongTries: wrongTriesMail } as const;
