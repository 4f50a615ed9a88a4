import { defineMail } from "../define-mail.ts";

/** The account was suspended, and why. */
export const accountSuspendedMail = defineMail<{ host: string; reason: string; url?: never }>({
  event: "account.suspended",
  group: "security",
  signedOut: true,
  words: {
    en: ({ host, reason }) => ({
      subject: `Your account at ${host} is suspended`,
      paragraphs: [`An administrator of ${host} suspended your account. You are signed out everywhere, and your tokens are refused.`, "What you published stays as it is. Answer this message if you think that this is a mistake."],
      facts: [{ label: "Reason", value: reason }],
    }),
    de: ({ host, reason }) => ({
      subject: `Ihr Konto bei ${host} ist gesperrt`,
      paragraphs: [`Die Administration von ${host} hat Ihr Konto gesperrt. Sie sind überall abgemeldet, und Ihre Tokens werden abgewiesen.`, "Was Sie veröffentlicht haben, bleibt unverändert. Antworten Sie auf diese Nachricht, wenn Sie die Sperre für einen Irrtum halten."],
      facts: [{ label: "Begründung", value: reason }],
    }),
  },
  sample: { host: "market.example", reason: "Uploads by a script." },
});

/** The account works again. */
export const accountRestoredMail = defineMail<{ host: string; url: string }>({
  event: "account.restored",
  group: "security",
  words: {
    en: ({ host }) => ({ subject: `Your account at ${host} is open again`, paragraphs: [`An administrator of ${host} ended the suspension of your account. Sign in as before; your tokens work again.`], action: "Sign in" }),
    de: ({ host }) => ({ subject: `Ihr Konto bei ${host} ist wieder freigegeben`, paragraphs: [`Die Administration von ${host} hat die Sperre Ihres Kontos aufgehoben. Sie können sich anmelden wie zuvor, und Ihre Tokens gelten wieder.`], action: "Anmelden" }),
  },
  sample: { host: "market.example", url: "https://market.example/sign-in" },
});

/** The account holds another role. */
export const roleGrantedMail = defineMail<{ host: string; role: string; url: string }>({
  event: "account.role-granted",
  group: "security",
  words: {
    en: ({ host, role }) => ({ subject: `New role at ${host}: ${role}`, paragraphs: [`An administrator of ${host} gave your account the role “${role}”.`, "Set up a second factor if you have none: decisions in this role ask for it."], action: "Set up a second factor" }),
    de: ({ host, role }) => ({ subject: `Neue Rolle bei ${host}: ${role}`, paragraphs: [`Die Administration von ${host} hat Ihrem Konto die Rolle „${role}“ gegeben.`, "Richten Sie einen zweiten Faktor ein, falls Sie noch keinen haben: Entscheidungen in dieser Rolle verlangen ihn."], action: "Zweiten Faktor einrichten" }),
  },
  sample: { host: "market.example", role: "reviewer", url: "https://market.example/settings/security" },
});

/** The last message to someone who deleted the account; it is not kept once it was sent. */
export const accountDeletedMail = defineMail<{ host: string; url?: never }>({
  event: "account.deleted",
  group: "security",
  signedOut: true,
  words: {
    en: ({ host }) => ({
      subject: `Your account at ${host} was deleted`,
      paragraphs: [`Your account at ${host} was deleted, as you asked. Your name, address, sign-ins, tokens and memberships are gone.`, "What you published and decided stays without your name, because hosts rely on it. No copy of this message is kept."],
    }),
    de: ({ host }) => ({
      subject: `Ihr Konto bei ${host} wurde gelöscht`,
      paragraphs: [`Ihr Konto bei ${host} wurde auf Ihren Wunsch gelöscht, und mit ihm Ihr Name, Ihre Adresse sowie alle Anmeldungen, Tokens und Mitgliedschaften.`, "Was Sie veröffentlicht und entschieden haben, bleibt ohne Ihren Namen bestehen, weil Hosts sich darauf verlassen. Von dieser Nachricht behalten wir keine Kopie."],
    }),
  },
  sample: { host: "market.example" },
});
