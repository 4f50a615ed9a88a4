import { defineMail } from "../define-mail.ts";
import type { MailLanguage } from "../schema.ts";
import { describeDay } from "./describe-moment.ts";

interface ClaimedName {
  kind: "listing" | "publisher";
  /** Id of the listing or slug of the publisher. */
  subject: string;
}

const claimed: Record<MailLanguage, (name: ClaimedName) => string> = {
  en: ({ kind, subject }) => `the ${kind} ${subject}`,
  de: ({ kind, subject }) => `${kind === "listing" ? "den Eintrag" : "den Herausgeber"} ${subject}`,
};

/** Someone is asked to join a publisher. The link opens a page with buttons; it works once, for a week. */
export const invitationMail = defineMail<{ publisher: string; role: "owner" | "maintainer" | "viewer"; url: string }>({
  event: "team.invitation",
  group: "team",
  words: {
    en: ({ publisher, role }) => ({
      subject: `Join the publisher ${publisher}`,
      paragraphs: [`An owner of the publisher ${publisher} invites you to join it with the role “${role}”.`, "The link works once, for 7 days, and for the account with this address. Nothing happens unless you accept."],
      action: "See the invitation",
    }),
    de: ({ publisher, role }) => ({
      subject: `Einladung in das Team von ${publisher}`,
      paragraphs: [`Der Herausgeber ${publisher} lädt Sie in sein Team ein, mit der Rolle „${role}“.`, "Der Link gilt einmal, 7 Tage lang und nur für das Konto mit dieser Adresse. Solange Sie die Einladung nicht annehmen, geschieht nichts."],
      action: "Einladung ansehen",
    }),
  },
  sample: { publisher: "Tide Works", role: "maintainer", url: "https://market.example/invitations?token=example" },
});

/** A listing is offered to a publisher; its owners answer. */
export const transferOfferedMail = defineMail<{ listing: string; from: string; to: string; reason: string; url: string }>({
  event: "team.transfer-offered",
  group: "team",
  words: {
    en: ({ listing, from, to, reason }) => ({
      subject: `${from} offers ${listing} to ${to}`,
      paragraphs: [`The publisher ${from} offers the listing ${listing} to your publisher ${to}.`, "You have 14 days to accept or decline. Until you accept, nothing changes."],
      facts: [{ label: "Reason", value: reason }],
      action: "Answer the offer",
    }),
    de: ({ listing, from, to, reason }) => ({
      subject: `${from} bietet ${to} den Eintrag ${listing} an`,
      paragraphs: [`Der Herausgeber ${from} bietet Ihrem Herausgeber ${to} den Eintrag ${listing} an.`, "Sie können das Angebot innerhalb von 14 Tagen annehmen oder ablehnen. Bis dahin ändert sich nichts."],
      facts: [{ label: "Begründung", value: reason }],
      action: "Angebot beantworten",
    }),
  },
  sample: { listing: "tide-table", from: "Tide Works", to: "Harbour Office", reason: "The harbour keeps the tide tables now.", url: "https://market.example/teams/harbour-office" },
});

/** The other owners of the publisher that offers a listing: one of them alone could give it away. */
export const transferAnnouncedMail = defineMail<{ listing: string; from: string; to: string; reason: string; url: string }>({
  event: "team.transfer-announced",
  group: "team",
  words: {
    en: ({ listing, from, to, reason }) => ({
      subject: `${from} offers ${listing} to ${to}`,
      paragraphs: [`Another owner of your publisher ${from} offered the listing ${listing} to the publisher ${to}.`, "It changes hands as soon as an owner there accepts, within 14 days. Until then you can withdraw the offer."],
      facts: [{ label: "Reason", value: reason }],
      action: "See the offer",
    }),
    de: ({ listing, from, to, reason }) => ({
      subject: `${from} bietet ${to} den Eintrag ${listing} an`,
      paragraphs: [`Jemand aus Ihrem Herausgeber ${from} hat den Eintrag ${listing} dem Herausgeber ${to} angeboten.`, "Er geht über, sobald dort innerhalb von 14 Tagen jemand annimmt. Bis dahin können Sie das Angebot zurückziehen."],
      facts: [{ label: "Begründung", value: reason }],
      action: "Angebot ansehen",
    }),
  },
  sample: { listing: "tide-table", from: "Tide Works", to: "Harbour Office", reason: "The harbour keeps the tide tables now.", url: "https://market.example/teams/tide-works" },
});

/** A listing has changed hands; both sides are told. */
export const transferDoneMail = defineMail<{ listing: string; from: string; to: string; url: string }>({
  event: "team.transfer-done",
  group: "team",
  words: {
    en: ({ listing, from, to }) => ({
      subject: `${listing} now belongs to ${to}`,
      paragraphs: [`The listing ${listing} went from the publisher ${from} to the publisher ${to}.`, "Its trust starts again at “unverified”, open submissions of the former publisher were withdrawn, and its keys and tokens no longer work for the listing. Published versions keep their signatures."],
      action: "See the listing",
    }),
    de: ({ listing, from, to }) => ({
      subject: `${listing} gehört jetzt ${to}`,
      paragraphs: [`Der Eintrag ${listing} ist vom Herausgeber ${from} an den Herausgeber ${to} übergegangen.`, "Seine Vertrauensstufe beginnt wieder bei „unverified“, offene Einreichungen des bisherigen Herausgebers wurden zurückgezogen, und dessen Schlüssel und Tokens gelten für den Eintrag nicht mehr. Veröffentlichte Versionen behalten ihre Signaturen."],
      action: "Eintrag ansehen",
    }),
  },
  sample: { listing: "tide-table", from: "Tide Works", to: "Harbour Office", url: "https://market.example/listings/tide-table" },
});

/** Somebody asks for a name that a publisher holds: its owners may object. Not to be switched off, since silence can cost the name. */
export const claimFiledMail = defineMail<{ name: ClaimedName; evidence: string; until: Date | null; url: string }>({
  event: "team.claim-filed",
  group: "security",
  words: {
    en: ({ name, evidence, until }) => ({
      subject: `Somebody claims ${claimed.en(name)}`,
      paragraphs: [`A claim was filed for ${claimed.en(name)}, which is yours.`, until === null ? "The registry decides on it. Until then you can object." : `You can object with one click until ${describeDay(until, "en")}. If nobody does, the registry decides on it.`],
      facts: [{ label: "Evidence", value: evidence }],
      action: "See the claim",
    }),
    de: ({ name, evidence, until }) => ({
      subject: `Jemand beansprucht ${claimed.de(name)}`,
      paragraphs: [`Jemand erhebt Anspruch auf ${claimed.de(name)}, der Ihnen gehört.`, until === null ? "Darüber entscheidet die Registry. Bis dahin können Sie widersprechen." : `Sie können bis zum ${describeDay(until, "de")} mit einem Klick widersprechen. Widerspricht niemand, entscheidet die Registry.`],
      facts: [{ label: "Beleg", value: evidence }],
      action: "Anspruch ansehen",
    }),
  },
  sample: { name: { kind: "publisher", subject: "tide-works" }, evidence: "Its only owner left our company two years ago.", until: new Date("2026-12-24T09:00:00Z"), url: "https://market.example/claims" },
});

/** A claim waits: whoever decides on names is told. */
export const claimWaitingMail = defineMail<{ name: ClaimedName; evidence: string; until: Date | null; url: string }>({
  event: "team.claim-waiting",
  group: "team",
  words: {
    en: ({ name, evidence, until }) => ({
      subject: `A claim for ${name.subject} waits for a decision`,
      paragraphs: [`Somebody claims ${claimed.en(name)}.`, until === null ? "You can decide on it now." : `Its owners may object until ${describeDay(until, "en")}; after that you can decide on it.`],
      facts: [{ label: "Evidence", value: evidence }],
      action: "See the claim",
    }),
    de: ({ name, evidence, until }) => ({
      subject: `Ein Anspruch auf ${name.subject} wartet auf eine Entscheidung`,
      paragraphs: [`Jemand erhebt Anspruch auf ${claimed.de(name)}.`, until === null ? "Sie können jetzt darüber entscheiden." : `Bis zum ${describeDay(until, "de")} kann dagegen Widerspruch eingelegt werden; danach können Sie entscheiden.`],
      facts: [{ label: "Beleg", value: evidence }],
      action: "Anspruch ansehen",
    }),
  },
  sample: { name: { kind: "listing", subject: "tide-table" }, evidence: "Tide Works proved tides.example.org.", until: null, url: "https://market.example/claims" },
});

/** What became of a claim, for whoever filed it and for whoever holds the name. */
export const claimDecidedMail = defineMail<{ name: ClaimedName; granted: boolean; reason: string; url: string }>({
  event: "team.claim-decided",
  group: "team",
  words: {
    en: ({ name, granted, reason }) => ({
      subject: `The claim for ${name.subject} was ${granted ? "granted" : "refused"}`,
      paragraphs: [`The registry ${granted ? "granted" : "refused"} the claim for ${claimed.en(name)}.`],
      facts: [{ label: "Reason", value: reason }],
      action: "See the claim",
    }),
    de: ({ name, granted, reason }) => ({
      subject: `Der Anspruch auf ${name.subject} wurde ${granted ? "anerkannt" : "abgelehnt"}`,
      paragraphs: [`Die Registry hat den Anspruch auf ${claimed.de(name)} ${granted ? "anerkannt" : "abgelehnt"}.`],
      facts: [{ label: "Begründung", value: reason }],
      action: "Anspruch ansehen",
    }),
  },
  sample: { name: { kind: "listing", subject: "tide-table" }, granted: true, reason: "The domain of the vendor is proven.", url: "https://market.example/claims" },
});

/** An owner changed how a proven domain is shown to be the publisher's: it is not proven until the new way is found. */
export const nameMethodChangedMail = defineMail<{ publisher: string; domain: string; url: string }>({
  event: "team.name-method-changed",
  group: "team",
  words: {
    en: ({ publisher, domain }) => ({
      subject: `${domain} has to be proven anew for ${publisher}`,
      paragraphs: [`An owner of ${publisher} changed the way in which ${domain} is proven. Until the new proof is found the registry no longer shows the domain.`, "Publish the proof in the new way and check it on your publisher’s page."],
      action: "See your domains",
    }),
    de: ({ publisher, domain }) => ({
      subject: `${domain} muss für ${publisher} neu nachgewiesen werden`,
      paragraphs: [`Die Art, wie ${domain} für ${publisher} nachgewiesen wird, wurde geändert. Bis der neue Nachweis gefunden ist, zeigt die Registry die Domain nicht mehr an.`, "Veröffentlichen Sie den Nachweis auf die neue Art und prüfen Sie ihn auf der Seite Ihres Herausgebers."],
      action: "Domains ansehen",
    }),
  },
  sample: { publisher: "Tide Works", domain: "tide.example.org", url: "https://market.example/teams/tide-works" },
});

/** A proven domain no longer carries its proof. */
export const nameLostMail = defineMail<{ publisher: string; domain: string; fault: string; url: string }>({
  event: "team.name-lost",
  group: "team",
  words: {
    en: ({ publisher, domain, fault }) => ({
      subject: `${domain} is no longer proven for ${publisher}`,
      paragraphs: [`The proof that ${domain} belongs to ${publisher} was missing for three days, so the registry no longer shows it.`, "Publish the proof again and check it on your publisher’s page. The registry also looks for it once a day."],
      facts: [{ label: "Last check", value: fault.replaceAll("`", "") }],
      action: "See your domains",
    }),
    de: ({ publisher, domain, fault }) => ({
      subject: `${domain} ist für ${publisher} nicht mehr nachgewiesen`,
      paragraphs: [`Der Nachweis, dass ${domain} zu ${publisher} gehört, hat drei Tage lang gefehlt. Die Registry zeigt ihn deshalb nicht mehr an.`, "Veröffentlichen Sie den Nachweis erneut und prüfen Sie ihn auf der Seite Ihres Herausgebers. Die Registry sucht außerdem einmal täglich danach."],
      facts: [{ label: "Letzte Prüfung", value: fault.replaceAll("`", "") }],
      action: "Domains ansehen",
    }),
  },
  sample: { publisher: "Tide Works", domain: "tide.example.org", fault: "`_kos-publisher.tide.example.org`: no TXT record.", url: "https://market.example/teams/tide-works" },
});
