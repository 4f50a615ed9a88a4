import type { MailContent } from "../queue-mail.ts";
import { letter } from "./layout.ts";

/** The e-mail link of a sign-in. The link opens a page with a button, so that a mail scanner cannot use it up. */
export function signInMail(input: { url: string; host: string }): MailContent {
  return {
    event: "sign-in",
    subject: `Sign in to the kOS Marketplace at ${input.host}`,
    ...letter({ paragraphs: [`Someone, most likely you, asked to sign in at ${input.host} with this address.`, "The link works once and for 24 hours. If it was not you, nothing happens unless the link is used."], link: { label: "Sign in", url: input.url } }),
  };
}
