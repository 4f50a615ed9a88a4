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
    security: (host) => `You get this mail because it concerns your account at ${host}, or what belongs to it. Mails of this kind are always sent.`,
    optional: {
      submissions: (host) => `You get this mail because you submitted something at ${host}.`,
      team: (host) => `You get this mail because it concerns your publisher, or a name that you claimed, at ${host}.`,
      tokens: (host) => `You get this mail because you have an API token at ${host}.`,
    },
    stranger: (host) => `You get this mail because somebody entered this address at ${host}. No account belongs to it.`,
    settings: "Choose your mails",
    unsubscribe: "Stop mails of this kind",
  },
  de: {
    security: (host) => `Sie erhalten diese E-Mail, weil sie Ihr Konto bei ${host} betrifft oder etwas, das dazu gehört. E-Mails dieser Art verschicken wir immer.`,
    optional: {
      submissions: (host) => `Sie erhalten diese E-Mail, weil Sie bei ${host} etwas eingereicht haben.`,
      team: (host) => `Sie erhalten diese E-Mail, weil es um Ihren Herausgeber oder einen von Ihnen beanspruchten Namen bei ${host} geht.`,
      tokens: (host) => `Sie erhalten diese E-Mail, weil Sie bei ${host} ein API-Token haben.`,
    },
    stranger: (host) => `Sie erhalten diese E-Mail, weil jemand diese Adresse bei ${host} angegeben hat. Zu ihr gehört kein Konto.`,
    settings: "E-Mails auswählen",
    unsubscribe: "E-Mails dieser Art abbestellen",
  },
};

/** A letter in one language: subject, plain text and HTML that say the same. */
export function writeMail(letter: Letter, language: MailLanguage, sender: Sender): MailContent {
  const { subject, paragraphs, facts = [], action } = letter.words(language);
  const link = letter.url === null || action === undefined ? null : { label: action, url: letter.url };
  return { event: letter.event, subject: oneLine(subject), ...layOut({ language, subject: oneLine(subject), paragraphs, facts, link, ...footer(letter, language, sender) }) };
}

function footer(letter: Letter, language: MailLanguage, sender: Sender): { why: string; ways: { label: string; url: string }[] } {
  const words = FOOTERS[language];
  const host = new URL(sender.publicUrl).host;
  const settings = { label: words.settings, url: `${sender.publicUrl}/settings/mail` };
  if (letter.signedOut) return { why: words.security(host), ways: [] };
  if (sender.unsubscribeUrl === null) return { why: words.stranger(host), ways: [] };
  if (letter.group === "security" || !MAIL_GROUPS[letter.group].optional) return { why: words.security(host), ways: [settings] };
  return { why: words.optional[letter.group](host), ways: [{ label: words.unsubscribe, url: sender.unsubscribeUrl }, settings] };
}

/** A line end in a header would begin another header. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}
