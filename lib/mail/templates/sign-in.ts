import { defineMail } from "../define-mail.ts";

/** The e-mail link of a sign-in. The link opens a page with a button, so that a mail scanner cannot use it up. */
export const signInMail = defineMail<{ url: string; host: string }>({
  event: "sign-in",
  group: "security",
  words: {
    en: ({ host }) => ({
      subject: `Sign in to the kOS Marketplace at ${host}`,
      paragraphs: [`Someone, most likely you, asked to sign in at ${host} with this address.`, "The link works once and for 24 hours. If it was not you, there is nothing to do: without the link nobody gets in."],
      action: "Sign in",
    }),
    de: ({ host }) => ({
      subject: `Anmeldung beim kOS Marketplace, ${host}`,
      paragraphs: [`Jemand, vermutlich Sie, möchte sich bei ${host} mit dieser Adresse anmelden.`, "Der Link gilt einmal und 24 Stunden lang. Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ohne den Link kommt niemand hinein."],
      action: "Anmelden",
    }),
  },
  sample: { host: "market.example", url: "https://market.example/sign-in/confirm?token=example" },
});
