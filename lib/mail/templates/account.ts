import { defineMail } from "../define-mail.ts";

/** The account was suspended, and why. */
export const accountSuspendedMail = defineMail<{ host: string; reason: string; url?: never }>({
  event: "account.suspended",
  group: "security",
  words: {
    en: ({ host, reason }) => ({
      subject: `Your account at ${host} is suspended`,
      paragraphs: [`An administrator of ${host} suspended your account. You are signed out everywhere, and your tokens are refused.`, `Reason: ${reason}`, "What you published stays as it is. Answer this message if you think that this is a mistake."],
    }),
    de: ({ host, reason }) => ({
      subject: `Ihr Konto bei ${host} ist gesperrt`,
      paragraphs: [`Die Administration von ${host} hat Ihr Konto gesperrt. Sie sind überall abgemeldet, und Ihre Tokens werden abgewiesen.`, `Begründung: ${reason}`, "Was Sie veröffentlicht haben, bleibt wie es ist. Antworten Sie auf diese Nachricht, wenn Sie das für einen Irrtum halten."],
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
    de: ({ host }) => ({ subject: `Ihr Konto bei ${host} ist wieder offen`, paragraphs: [`Die Administration von ${host} hat die Sperre Ihres Kontos aufgehoben. Melden Sie sich an wie zuvor; Ihre Tokens gelten wieder.`], action: "Anmelden" }),
  },
  sample: { host: "market.example", url: "https://market.example/sign-in" },
});

/** The account holds another role. */
export const roleGrantedMail = defineMail<{ host: string; role: string; url: string }>({
  event: "account.role-granted",
  group: "security",
  words: {
    en: ({ host, role }) => ({ subject: `New role at ${host}: ${role}`, paragraphs: [`An administrator of ${host} gave your account the role ${role}.`, "Set up a second factor if you have none: what this role decides asks for it."], action: "Set up a second factor" }),
    de: ({ host, role }) => ({ subject: `Neue Rolle bei ${host}: ${role}`, paragraphs: [`Die Administration von ${host} hat Ihrem Konto die Rolle ${role} gegeben.`, "Richten Sie einen zweiten Faktor ein, wenn Sie noch keinen haben: Entscheidungen in dieser Rolle verlangen ihn."], action: "Zweiten Faktor einrichten" }),
  },
  sample: { host: "market.example", role: "reviewer", url: "https://market.example/settings/security" },
});

/** The last message to someone who deleted the account; it is not kept once it was sent. */
export const accountDeletedMail = defineMail<{ host: string; url?: never }>({
  event: "account.deleted",
  group: "security",
  words: {
    en: ({ host }) => ({
      subject: `Your account at ${host} is deleted`,
      paragraphs: [`Your account at ${host} is deleted, as you asked. Name, address, sign-ins, tokens and memberships are gone.`, "What was published and decided stays, under “a deleted account”: hosts rely on it. No copy of this message is kept."],
    }),
    de: ({ host }) => ({
      subject: `Ihr Konto bei ${host} ist gelöscht`,
      paragraphs: [`Ihr Konto bei ${host} ist gelöscht, wie Sie es wollten. Name, Adresse, Anmeldungen, Tokens und Mitgliedschaften sind weg.`, "Was veröffentlicht und entschieden wurde, bleibt unter „a deleted account“ stehen: Hosts verlassen sich darauf. Diese Nachricht wird nicht aufgehoben."],
    }),
  },
  sample: { host: "market.example" },
});
