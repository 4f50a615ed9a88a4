import { defineMail } from "../define-mail.ts";
import { describeMoment } from "./describe-moment.ts";

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
        `Somebody signed in to your account at ${host} from a place that it was not used from before.`,
        "If it was you, there is nothing to do. If not, end that session and look at what can sign in to your account.",
      ],
      facts: [
        { label: "Time", value: describeMoment(at, "en") },
        { label: "Device", value: device ?? "a program that does not say what it is" },
        { label: "Network", value: network ?? "unknown" },
      ],
      action: "See your sessions",
    }),
    de: ({ host, device, network, at }) => ({
      subject: `Neue Anmeldung an Ihrem Konto bei ${host}`,
      paragraphs: [
        `An Ihrem Konto bei ${host} hat sich jemand von einem Ort aus angemeldet, von dem bisher keine Anmeldung kam.`,
        "Wenn Sie das waren, brauchen Sie nichts zu tun. Andernfalls beenden Sie die Sitzung und prüfen, womit man sich an Ihrem Konto anmelden kann.",
      ],
      facts: [
        { label: "Zeit", value: describeMoment(at, "de") },
        { label: "Gerät", value: device ?? "ein Programm, das sich nicht zu erkennen gibt" },
        { label: "Netz", value: network ?? "unbekannt" },
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
      paragraphs: [`${named(facts)} was connected to your account at ${facts.host} and can sign in to it from now on.`, "If it was not you, disconnect it and end your other sessions."],
      facts: [{ label: "Time", value: describeMoment(facts.at, "en") }],
      action: "See what signs in to your account",
    }),
    de: (facts) => ({
      subject: `${facts.provider} wurde mit Ihrem Konto verbunden`,
      paragraphs: [`${named(facts)} wurde mit Ihrem Konto bei ${facts.host} verbunden. Von nun an kann man sich damit dort anmelden.`, "Wenn Sie das nicht waren, trennen Sie die Verbindung und beenden Ihre anderen Sitzungen."],
      facts: [{ label: "Zeit", value: describeMoment(facts.at, "de") }],
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
      paragraphs: [`${named(facts)} was disconnected from your account at ${facts.host} and can no longer sign in to it. A link by e-mail still can.`, "If it was not you, end your other sessions and look at what can sign in."],
      facts: [{ label: "Time", value: describeMoment(facts.at, "en") }],
      action: "See what signs in to your account",
    }),
    de: (facts) => ({
      subject: `${facts.provider} wurde von Ihrem Konto getrennt`,
      paragraphs: [`${named(facts)} wurde von Ihrem Konto bei ${facts.host} getrennt. Damit kann man sich dort nicht mehr anmelden, mit einem Link per E-Mail weiterhin.`, "Wenn Sie das nicht waren, beenden Sie Ihre anderen Sitzungen und prüfen, womit man sich anmelden kann."],
      facts: [{ label: "Zeit", value: describeMoment(facts.at, "de") }],
      action: "Anmeldewege ansehen",
    }),
  },
  sample: IDENTITY,
});

/** In place of a sign-in link, for an account that may not sign in. */
export const accountShutMail = defineMail<{ host: string; url?: never }>({
  event: "account.shut",
  group: "security",
  signedOut: true,
  words: {
    en: ({ host }) => ({
      subject: `Your account at ${host} is suspended`,
      paragraphs: [`Someone, most likely you, asked to sign in at ${host} with this address. Your account is suspended, so there is no link in this message.`, "Answer this message if you think that this is a mistake."],
    }),
    de: ({ host }) => ({
      subject: `Ihr Konto bei ${host} ist gesperrt`,
      paragraphs: [`Jemand, vermutlich Sie, wollte sich bei ${host} mit dieser Adresse anmelden. Ihr Konto ist gesperrt, deshalb enthält diese Nachricht keinen Link.`, "Antworten Sie auf diese Nachricht, wenn Sie die Sperre für einen Irrtum halten."],
    }),
  },
  sample: { host: "market.example" },
});

