import type { Mail } from "../define-mail.ts";
import { accountDeletedMail, accountRestoredMail, accountSuspendedMail, roleGrantedMail } from "./account.ts";
import { FACTOR_MAILS } from "./factor.ts";
import { signInMail } from "./sign-in.ts";
import { SUBMISSION_MAILS } from "./submission.ts";
import { claimDecidedMail, claimFiledMail, invitationMail, nameLostMail, transferDoneMail, transferOfferedMail } from "./teams.ts";
import { tokenExpiringMail } from "./token-expiring.ts";
import { tokenLeakedMail } from "./token-leaked.ts";

/** Every mail that the registry sends. A test proves each of them complete in every language. */
export const MAILS: readonly Pick<Mail<never>, "event" | "group" | "sample">[] = [
  signInMail, ...Object.values(SUBMISSION_MAILS), ...Object.values(FACTOR_MAILS), tokenExpiringMail, tokenLeakedMail,
  accountSuspendedMail, accountRestoredMail, roleGrantedMail, accountDeletedMail,
  invitationMail, transferOfferedMail, transferDoneMail, claimFiledMail, claimDecidedMail, nameLostMail,
];
