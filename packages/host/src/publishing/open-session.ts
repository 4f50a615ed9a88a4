import type { CommandContext } from "../command-line/command.ts";
import { CommandError, tokenMissing } from "../command-line/errors.ts";
import { exchangeIdentity, hasIdentity } from "../registry/ci-identity.ts";
import { findToken } from "../registry/find-token.ts";
import { readAccount, type Account } from "../registry/read-account.ts";
import { signIn } from "../registry/sign-in.ts";

/** What a publisher's machine may do; `keys` ends five minutes after the approval. */
const PUBLISHER_SCOPES = ["publish", "yank", "read", "keys"];

/** The token of this run, and the account behind it once it was asked for. */
export interface Session {
  registry: string;
  token: string;
  account: Account | null;
  /** Whom a build workflow publishes for, which its identity decides; null for a person's token. */
  publisher: string | null;
}

/**
 * The token that is at hand: a given one, in a CI job the one for its identity, the kept one; or, at a terminal, the one
 * of a sign-in in the browser. Throws `token-missing` otherwise.
 */
export async function openSession(context: CommandContext, registry: string): Promise<Session> {
  const given = context.args.text("token") ?? context.env.KOS_TOKEN;
  if (!given && hasIdentity(context.env)) return { registry, account: null, ...(await exchangeIdentity(context, registry, context.args.text("publisher") ?? null)) };
  const token = await findToken(context, registry).catch(async (error: unknown) => {
    if (!(error instanceof CommandError) || error.code !== "token-missing") throw error;
    if (context.prompts === null) throw tokenMissing(registry);
    context.terminal.note({ style: "bold", text: `Sign in at ${registry}` }, " to publish from this machine.");
    return (await signIn(context, registry, PUBLISHER_SCOPES)).token;
  });
  const session: Session = { registry, token, account: null, publisher: null };
  if (context.prompts !== null && !given) await renewEnded(context, session);
  return session;
}

/** A kept token ends after its days, or when it is revoked: at a terminal that is a question, not a failure. */
async function renewEnded(context: CommandContext, session: Session): Promise<void> {
  try {
    await accountOf(session);
  } catch (error) {
    const status = error instanceof CommandError ? error.members.status : null;
    // What may not read the account may still publish.
    if (status === 403) return;
    if (status !== 401) throw error;
    context.terminal.note("This machine's sign-in has ended.");
    session.token = (await signIn(context, session.registry, PUBLISHER_SCOPES)).token;
  }
}

/** The account behind the token, asked for once. */
export async function accountOf(session: Session): Promise<Account> {
  session.account ??= await readAccount(session.registry, session.token);
  return session.account;
}

/** Does what needs the scope `keys`; where the token lacks it by now, a person at the terminal approves it once more. */
export async function withKeysScope<Result>(context: CommandContext, session: Session, work: (token: string) => Promise<Result>): Promise<Result> {
  try {
    return await work(session.token);
  } catch (error) {
    if (!isForbidden(error) || context.prompts === null) throw error;
  }
  context.terminal.note("Keys and publishers take a fresh approval in the browser; it counts for five minutes.");
  session.token = (await signIn(context, session.registry, PUBLISHER_SCOPES)).token;
  return await work(session.token);
}

function isForbidden(error: unknown): boolean {
  return error instanceof CommandError && error.members.status === 403 && error.members.code === "forbidden";
}
