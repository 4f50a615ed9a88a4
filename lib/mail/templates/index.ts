import type { Mail } from "../define-mail.ts";
import { accountDeletedMail, accountRestoredMail, accountSuspendedMail, roleGrantedMail } from "./account.ts";
import { addressTakenMail, confirmEmailMail, emailChangedMail, emailUndoneMail } from "./email-change.ts";
import { FACTOR_MAILS } from "./factor.ts";
import { accountShutMail, identityConnectedMail, identityDisconnectedMail, newPlaceMail } from "./sign-in-news.ts";
import { signInMail } from "./sign-in.ts";
import { SUBMISSION_MAILS } from "./submission.ts";
import { claimDecidedMail, claimFiledMail, claimWaitingMail, invitationMail, nameLostMail, nameMethodChangedMail, transferAnnouncedMail, transferDoneMail, transferOfferedMail } from "./teams.ts";
import { tokenExpiringMail } from "./token-expiring.ts";
import { tokenLeakedMail } from "./token-leaked.ts";
import { workflowFirstUsedMail } from "./workflow-first-used.ts";

/** Every mail that the registry sends. A test proves each of them complete in every language. */
export const MAILS: readonly Pick<Mail<never>, "event" | "group" | "sample">[] = [
  accountDeletedMail, accountRestoredMail, accountSuspendedMail, roleGrantedMail, addressTakenMail, confirmEmailMail, emailChangedMail, emailUndoneMail,
  ...Object.values(FACTOR_MAILS), accountShutMail, identityConnectedMail, identityDisconnectedMail, newPlaceMail, signInMail,
  ...Object.values(SUBMISSION_MAILS), claimDecidedMail, claimFiledMail, claimWaitingMail, invitationMail, nameLostMail, nameMethodChangedMail, transferAnnouncedMail, transferDoneMail, transferOfferedMail,
  tokenExpiringMail, tokenLeakedMail, workflowFirstUsedMail,
];
