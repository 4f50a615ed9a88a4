import { z } from "zod";

/** What a person types to delete the account: its own address. */
export const DeleteAccountBody = z.object({ email: z.string().max(320) });

/** One kind of data about people. `days` after the moment that `from` names it goes; without, `from` says how long it stays. */
interface Kept<Days extends number | null> {
  what: string;
  why: string;
  /** Who sees it. */
  seen: string;
  days: Days;
  from: string;
}

const kept = <Days extends number | null>(what: string, why: string, seen: string, days: Days, from: string): Kept<Days> => ({ what, why, seen, days, from });

/** What goes by itself: the job that removes it reads the same days as the page that promises it. */
export const SWEPT = {
  sessions: kept("Sessions: when and how you signed in, your browser and system in words", "so that you can see and end them", "you; administrators without the network", 0, "the session ends, 30 days after the sign-in at the latest"),
  networks: kept("The network of a session's or token's last use: an address without its last part", "so that you notice a use that is not yours", "you", 90, "the last use"),
  places: kept("Browser, system and network of your sign-ins, as a hash with a secret key", "to tell you of a sign-in from somewhere new", "nobody", 365, "the first sign-in from there"),
  "sign-in-links": kept("Sign-in links and codes by mail, as a hash", "to sign you in once", "nobody", 0, "they end, a day after they were made"),
  challenges: kept("Challenges to a second factor, as a hash", "so that no proof counts twice", "nobody", 0, "they end, minutes after they were asked"),
  "factor-undos": kept("Links that take a first second factor away again, as a hash", "so that one you did not add cannot lock you out", "nobody", 0, "they end, seven days after the factor was added, or are used"),
  devices: kept("Sign-ins of a command line: program, scopes, times", "to connect the program with you", "you", 1, "they end, minutes after they began"),
  "email-changes": kept("Changes of your address: the old and the new one", "so that a change you did not make can be taken back", "nobody", 30, "the request"),
  invitations: kept("Invitations: the invited address", "to bring a person into a team", "the team's owners", 90, "they were answered or ended"),
  "mail-texts": kept("Texts of the messages that the registry sent you", "to find out why one did not arrive", "administrators, without links", 90, "they were written"),
  mails: kept("Address, subject and time of these messages", "to find out why one did not arrive", "administrators", 365, "they were written"),
  "last-mails": kept("The message that says that an account is deleted", "to tell you", "nobody", 3, "it was written, where it could not be sent; otherwise once it was sent"),
  workflows: kept("Identities of build workflows that were exchanged, as a hash; the short tokens that they got", "so that none counts twice, and to find out later which run published", "nobody", 1, "they ended, minutes after they were made"),
  limits: kept("How often an account or a network address used what is limited", "against abuse", "nobody", 0, "the limit is whole again, within hours"),
} as const satisfies Record<string, Kept<number>>;
export type SweptId = keyof typeof SWEPT;

const ACCOUNT = "You delete your account";
const EVER = "For ever";

/** What stays longer: until its owner removes it, or for ever. */
const STAYS = [
  kept("Your address, chosen name, language and choices of mail", "to know you, reach you and name you", "you and administrators; the name is public", null, ACCOUNT),
  kept("Identities at other providers, passkeys, the secret of an authenticator app, recovery codes as hashes", "to sign you in", "you, without secrets", null, "You remove them, or delete your account"),
  kept("API tokens: name, scopes, times; the token itself as a hash", "so that programs can act for you", "you", null, ACCOUNT),
  kept("Roles and memberships", "to know what you may do", "you, your teams and administrators", null, "They end, or you delete your account"),
  kept("Submissions and what was published, with signatures and public keys and what the keys say of their holder", "hosts rely on it; a published version never changes", "everyone", null, `${EVER}, under “a deleted account”`),
  kept("Decisions of reviewers and their reasons", "the registry answers for them", "everyone", null, `${EVER}, under “a deleted account”`),
  kept("The audit trail: what happened, when, by which account's id", "to find out later what went wrong", "administrators", null, `${EVER}, with ids and without names or addresses`),
  kept("The public record: an entry for every public event", "so that nobody can rewrite what happened", "everyone", null, `${EVER}. It names no account: what connects an entry with yours goes when you delete it`),
] as const;

export interface PrivacyRow {
  what: string;
  why: string;
  seen: string;
  until: string;
}

/** The whole table for readers. */
export const PRIVACY_ROWS: readonly PrivacyRow[] = [...STAYS, ...Object.values(SWEPT)].map(({ what, why, seen, days, from }) => ({ what, why, seen, until: untilWords(days, from) }));

function untilWords(days: number | null, from: string): string {
  if (days === null) return from;
  if (days === 0) return `When ${from}`;
  return days === 1 ? `A day after ${from}` : `${days} days after ${from}`;
}
