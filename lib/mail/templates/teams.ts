import { defineMail } from "../define-mail.ts";

/** Someone is asked to join a publisher. The link opens a page with buttons; it works once, for a week. */
export const invitationMail = defineMail<{ publisher: string; role: "owner" | "maintainer" | "viewer"; url: string }>({
  event: "team.invitation",
  group: "team",
  words: {
    en: ({ publisher, role }) => ({
      subject: `Join the publisher ${publisher}`,
      paragraphs: [`An owner of the publisher ${publisher} invites you to join it as ${role}.`, "The link works once and for 7 days, for the account of this address. Nothing happens unless you accept."],
      action: "See the invitation",
    }),
    de: ({ publisher, role }) => ({
      subject: `Einladung zum Herausgeber ${publisher}`,
      paragraphs: [`Der Herausgeber ${publisher} lädt Sie ein, ihm als ${role} beizutreten.`, "Der Link gilt einmal und 7 Tage lang, für das Konto dieser Adresse. Solange Sie nicht annehmen, geschieht nichts."],
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
      paragraphs: [`The publisher ${from} offers the listing ${listing} to your publisher ${to}.`, `Reason: ${reason}`, "You have 14 days to accept or decline. Until you accept, nothing changes."],
      action: "Answer the offer",
    }),
    de: ({ listing, from, to, reason }) => ({
      subject: `${from} bietet ${to} den Eintrag ${listing} an`,
      paragraphs: [`Der Herausgeber ${from} bietet Ihrem Herausgeber ${to} den Eintrag ${listing} an.`, `Begründung: ${reason}`, "Sie haben 14 Tage, um anzunehmen oder abzulehnen. Solange Sie nicht annehmen, ändert sich nichts."],
      action: "Angebot beantworten",
    }),
  },
  sample: { listing: "tide-table", from: "Tide Works", to: "Harbour Office", reason: "The harbour keeps the tide tables now.", url: "https://market.example/teams/harbour-office" },
});

/** A listing has changed hands; both sides are told. */
export const transferDoneMail = defineMail<{ listing: string; from: string; to: string; url: string }>({
  event: "team.transfer-done",
  group: "team",
  words: {
    en: ({ listing, from, to }) => ({
      subject: `${listing} now belongs to ${to}`,
      paragraphs: [`The listing ${listing} went from the publisher ${from} to the publisher ${to}.`, "Its trust level starts again at unverified, submissions of the former publisher were withdrawn, and its keys and tokens no longer reach the listing. What was published stays as it was signed."],
      action: "See the listing",
    }),
    de: ({ listing, from, to }) => ({
      subject: `${listing} gehört jetzt ${to}`,
      paragraphs: [`Der Eintrag ${listing} ging vom Herausgeber ${from} an den Herausgeber ${to}.`, "Seine Vertrauensstufe beginnt wieder bei unverified, Einreichungen des bisherigen Herausgebers wurden zurückgezogen, und dessen Schlüssel und Tokens erreichen den Eintrag nicht mehr. Was veröffentlicht ist, bleibt unterschrieben, wie es war."],
      action: "Eintrag ansehen",
    }),
  },
  sample: { listing: "tide-table", from: "Tide Works", to: "Harbour Office", url: "https://market.example/listings/tide-table" },
});

/** Somebody asks for a name that a publisher holds: its owners may object. Not to be switched off, since silence can cost the name. */
export const claimFiledMail = defineMail<{ name: string; evidence: string; until: string | null; url: string }>({
  event: "team.claim-filed",
  group: "security",
  words: {
    en: ({ name, evidence, until }) => ({
      subject: `Somebody asks for ${name}`,
      paragraphs: [`A claim was filed for ${name}, which is yours.`, `What it says: ${evidence}`, until === null ? "The registry decides on it; you can object until then." : `You can object with one press until ${until}. If nobody does, the registry decides on it.`],
      action: "See the claim",
    }),
    de: ({ name, evidence, until }) => ({
      subject: `Jemand beansprucht ${name}`,
      paragraphs: [`Auf ${name} wurde Anspruch erhoben; das gehört Ihnen.`, `Darin steht: ${evidence}`, until === null ? "Die Registry entscheidet darüber; bis dahin können Sie widersprechen." : `Sie können bis ${until} mit einem Klick widersprechen. Tut es niemand, entscheidet die Registry darüber.`],
      action: "Anspruch ansehen",
    }),
  },
  sample: { name: "the publisher Tide Works", evidence: "Its only owner left our company two years ago.", until: "2026-12-24", url: "https://market.example/claims" },
});

/** What became of a claim, for whoever filed it and for whoever holds the name. */
export const claimDecidedMail = defineMail<{ name: string; granted: boolean; reason: string; url: string }>({
  event: "team.claim-decided",
  group: "team",
  words: {
    en: ({ name, granted, reason }) => ({
      subject: `The claim for ${name} was ${granted ? "granted" : "refused"}`,
      paragraphs: [`The registry ${granted ? "granted" : "refused"} the claim for ${name}.`, `Reason: ${reason}`],
      action: "See the claim",
    }),
    de: ({ name, granted, reason }) => ({
      subject: `Dem Anspruch auf ${name} wurde ${granted ? "stattgegeben" : "nicht stattgegeben"}`,
      paragraphs: [`Dem Anspruch auf ${name} wurde ${granted ? "stattgegeben" : "nicht stattgegeben"}.`, `Begründung: ${reason}`],
      action: "Anspruch ansehen",
    }),
  },
  sample: { name: "tide-table", granted: true, reason: "The domain of the vendor is proven.", url: "https://market.example/claims" },
});

/** A proven domain no longer carries its proof. */
export const nameLostMail = defineMail<{ publisher: string; domain: string; fault: string; url: string }>({
  event: "team.name-lost",
  group: "team",
  words: {
    en: ({ publisher, domain, fault }) => ({
      subject: `${publisher} no longer holds ${domain}`,
      paragraphs: [`The proof that ${domain} belongs to ${publisher} was missing for three days, so the registry no longer shows it. The last look found this: ${fault}`, "Publish the proof again and check it on your publisher's page; it is looked for once a day besides."],
      action: "See your domains",
    }),
    de: ({ publisher, domain, fault }) => ({
      subject: `${publisher} hält ${domain} nicht mehr`,
      paragraphs: [`Der Nachweis, dass ${domain} zu ${publisher} gehört, fehlte drei Tage lang; die Registry zeigt ihn deshalb nicht mehr. Der letzte Blick ergab: ${fault}`, "Veröffentlichen Sie den Nachweis erneut und prüfen Sie ihn auf der Seite Ihres Herausgebers; außerdem wird er einmal am Tag gesucht."],
      action: "Domains ansehen",
    }),
  },
  sample: { publisher: "Tide Works", domain: "tide.example.org", fault: "`_kos-publisher.tide.example.org`: no TXT record.", url: "https://market.example/teams/tide-works" },
});
