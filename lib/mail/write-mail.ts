import type { Letter, MailContent } from "./define-mail.ts";
import { MAIL_GROUPS, type MailGroup, type MailLanguage } from "./schema.ts";
import { layOut } from "./templates/layout.ts";

/** Where the mail comes from, and how its reader may be rid of its kind. */
export interface Sender {
  publicUrl: string;
  /** Null for an address without an account. */
  unsubscribeUrl: string | null;
}

const FOOTERS: Record<MailLanguage, { security: (host: string) => string; optional: Record<Exclude<MailGroup, "security">, (host: string) => string>; stranger: (host: string) => string; settings: string; unsubscribe: string }> = {
  en: {
    security: (host) => `You get this mail because it concerns access to your account at ${host}. Mails of this kind are always sent.`,
    optional: {
      submissions: (host) => `You get this mail because you submitted something at ${host}.`,
      team: (host) => `You get this mail because it concerns a publisher at ${host} that you have to do with.`,
      tokens: (host) => `You get this mail because you have an API token at ${host}.`,
    },
    stranger: (host) => `You get this mail because this address was given at ${host}. No account belongs to it.`,
    settings: "Choose your mails",
    unsubscribe: "No more mails of this kind",
  },
  de: {
    security: (host) => `Sie erhalten diese Mail, weil sie den Zugang zu Ihrem Konto bei ${host} betrifft. Mails dieser Art werden immer verschickt.`,
    optional: {
      submissions: (host) => `Sie erhalten diese Mail, weil Sie bei ${host} etwas eingereicht haben.`,
      team: (host) => `Sie erhalten diese Mail, weil sie einen Herausgeber bei ${host} betrifft, mit dem Sie zu tun haben.`,
      tokens: (host) => `Sie erhalten diese Mail, weil Sie bei ${host} ein API-Token haben.`,
    },
    stranger: (host) => `Sie erhalten diese Mail, weil diese Adresse bei ${host} angegeben wurde. Zu ihr gehört kein Konto.`,
    settings: "Mails auswählen",
    unsubscribe: "Keine Mails dieser Art mehr",
  },
};

/** A letter in one language: subject, plain text and HTML that say the same. */
export function writeMail(letter: Letter, language: MailLanguage, sender: Sender): MailContent {
  const { subject, paragraphs, action } = letter.words(language);
  const link = letter.url === null || action === undefined ? null : { label: action, url: letter.url };
  return { event: letter.event, subject: oneLine(subject), ...layOut({ language, subject: oneLine(subject), paragraphs, link, ...footer(letter, language, sender) }) };
}

function footer(letter: Letter, language: MailLanguage, sender: Sender): { why: string; ways: { label: string; url: string }[] } {
  const words = FOOTERS[language];
  const host = new URL(sender.publicUrl).host;
  const settings = { label: words.settings, url: `${sender.publicUrl}/settings/mail` };
  if (sender.unsubscribeUrl === null) return { why: words.stranger(host), ways: [] };
  if (letter.group === "security" || !MAIL_GROUPS[letter.group].optional) return { why: words.security(host), ways: [settings] };
  return { why: words.optional[letter.group](host), ways: [{ label: words.unsubscribe, url: sender.unsubscribeUrl }, settings] };
}

/** A line end in a header would begin another header. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
