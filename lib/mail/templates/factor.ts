import { defineMail } from "../define-mail.ts";
import type { MailLanguage } from "../schema.ts";

type Factor = { kind: "passkey"; name: string } | { kind: "totp" } | { kind: "all" };
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
export const FACTOR_MAILS = { added: factorAddedMail, removed: factorRemovedMail, recoveryCodesMade: recoveryCodesMadeMail, recoveryCodeUsed: recoveryCodeUsedMail, wrongTries: wrongTriesMail } as const;
