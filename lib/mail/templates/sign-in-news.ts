import { defineMail } from "../define-mail.ts";

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
const AT = new Date("2026-05-03T10:20:00Z");
const SETTINGS = "https://market.example/settings/sign-in";

/** Tells the owner of a sign-in from a device and network that the account was never used from. */
export const newPlaceMail = defineMail<{ host: string; device: string | null; network: string | null; at: Date; url: string }>({
  event: "account.new-place",
  group: "security",
  words: {
    en: ({ host, device, network, at }) => ({
      subject: `New sign-in to your account at ${host}`,
      paragraphs: [
        `Your account at ${host} was signed in to on ${minute(at)} from ${device ?? "a program that does not say what it is"}, network ${network ?? "unknown"}. It was not used from there before.`,
        "If it was you, there is nothing to do. If not, end that session and look at what can sign in to your account.",
      ],
      action: "See your sessions",
    }),
    de: ({ host, device, network, at }) => ({
      subject: `Neue Anmeldung an Ihrem Konto bei ${host}`,
      paragraphs: [
        `An Ihrem Konto bei ${host} hat sich am ${minute(at)} jemand angemeldet: ${device ?? "ein Programm, das sich nicht zu erkennen gibt"}, Netz ${network ?? "unbekannt"}. Von dort kam bisher keine Anmeldung.`,
        "Waren Sie es, ist nichts zu tun. Sonst beenden Sie die Sitzung und sehen Sie nach, womit man sich an Ihrem Konto anmelden kann.",
      ],
      action: "Sitzungen ansehen",
    }),
  },
  sample: { host: "market.example", device: "Firefox on Linux", network: "203.0.113.0/24", at: AT, url: SETTINGS },
});

interface IdentityFacts {
  host: string;
  provider: string;
  /** How the provider names the account. */
  label: string | null;
  at: Date;
  url: string;
}

const named = ({ provider, label }: IdentityFacts): string => (label === null ? provider : `${provider} (${label})`);
const IDENTITY: IdentityFacts = { host: "market.example", provider: "GitHub", label: "octocat", at: AT, url: SETTINGS };

/** Tells the owner that an outside identity was connected to the account. */
export const identityConnectedMail = defineMail<IdentityFacts>({
  event: "account.identity-connected",
  group: "security",
  words: {
    en: (facts) => ({
      subject: `${facts.provider} was connected to your account`,
      paragraphs: [`${named(facts)} was connected to your account at ${facts.host} on ${minute(facts.at)}. It can sign in to the account from now on.`, "If it was not you, disconnect it and end your other sessions."],
      action: "See what signs in to your account",
    }),
    de: (facts) => ({
      subject: `${facts.provider} wurde mit Ihrem Konto verbunden`,
      paragraphs: [`${named(facts)} wurde am ${minute(facts.at)} mit Ihrem Konto bei ${facts.host} verbunden und kann sich von nun an dort anmelden.`, "Waren Sie es nicht, trennen Sie die Verbindung und beenden Sie Ihre anderen Sitzungen."],
      action: "Anmeldewege ansehen",
    }),
  },
  sample: IDENTITY,
});

/** Tells the owner that an outside identity was taken off the account. */
export const identityDisconnectedMail = defineMail<IdentityFacts>({
  event: "account.identity-disconnected",
  group: "security",
  words: {
    en: (facts) => ({
      subject: `${facts.provider} was disconnected from your account`,
      paragraphs: [`${named(facts)} was disconnected from your account at ${facts.host} on ${minute(facts.at)}. It cannot sign in to the account any more; a link by e-mail can.`, "If it was not you, end your other sessions and look at what can sign in."],
      action: "See what signs in to your account",
    }),
    de: (facts) => ({
      subject: `${facts.provider} wurde von Ihrem Konto getrennt`,
      paragraphs: [`${named(facts)} wurde am ${minute(facts.at)} von Ihrem Konto bei ${facts.host} getrennt und kann sich dort nicht mehr anmelden. Ein Link per E-Mail kann es weiterhin.`, "Waren Sie es nicht, beenden Sie Ihre anderen Sitzungen und sehen Sie nach, womit man sich anmelden kann."],
      action: "Anmeldewege ansehen",
    }),
  },
  sample: IDENTITY,
});

/** In place of a sign-in link, for an account that may not sign in. */
export const accountShutMail = defineMail<{ host: string; url?: never }>({
  event: "account.shut",
  group: "security",
  words: {
    en: ({ host }) => ({
      subject: `Your account at ${host} is suspended`,
      paragraphs: [`Someone, most likely you, asked to sign in at ${host} with this address. Its account is suspended, so there is no link in this message.`, "Write to the operator of this registry if you think that this is a mistake."],
    }),
    de: ({ host }) => ({
      subject: `Ihr Konto bei ${host} ist gesperrt`,
      paragraphs: [`Jemand, vermutlich Sie, möchte sich bei ${host} mit dieser Adresse anmelden. Das Konto ist gesperrt, deshalb enthält diese Nachricht keinen Link.`, "Schreiben Sie dem Betreiber dieses Verzeichnisses, wenn das ein Irrtum ist."],
    }),
  },
  sample: { host: "market.example" },
});

