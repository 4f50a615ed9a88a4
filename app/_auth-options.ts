import type { NextAuthOptions } from "next-auth";
import EmailProvider from "next-auth/providers/email";
import { judgeEmail, judgeIdentity, mailboxOf, nextAuthAdapter, requireEmail, sessionCookie, SESSION_SECONDS, type OutsideIdentity, type SignInAttempt } from "#lib/accounts/index.ts";
import { countInDatabase } from "#lib/http/index.ts";
import { accountShutMail, queueMail, signInMail } from "#lib/mail/index.ts";
import { runtime, type Deps } from "#lib/runtime/index.ts";
import { placeOf } from "./_place.ts";
import { outsideProviders } from "./_sign-in-providers.ts";
import { sessionToken } from "./api/_session-token.ts";

/**
 * next-auth with database sessions, the e-mail link and the outside providers, for one request: what the request came
 * with and what a provider said decide together, in `lib/accounts`.
 */
export async function authOptions(request: Request): Promise<NextAuthOptions> {
  const deps = await runtime();
  const { config } = deps;
  const cookie = sessionCookie(config.publicUrl);
  const attempt: SignInAttempt = { sessionToken: sessionToken(request, config.publicUrl), place: placeOf(request.headers), identity: null, connecting: false };
  return {
    adapter: nextAuthAdapter(deps, attempt),
    secret: config.authSecret,
    session: { strategy: "database", maxAge: SESSION_SECONDS },
    useSecureCookies: cookie.options.secure,
    cookies: { sessionToken: { name: cookie.name, options: cookie.options } },
    pages: { signIn: "/sign-in", verifyRequest: "/sign-in/sent", error: "/sign-in/error" },
    providers: [
      EmailProvider({
        from: config.mailFrom,
        maxAge: 86_400,
        // A list of addresses would be mailed to each of them.
        normalizeIdentifier: requireEmail,
        sendVerificationRequest: ({ identifier, url }) => sendLink(deps, identifier, url),
      }),
      ...(await outsideProviders(config, request)),
    ],
    callbacks: {
      signIn: async ({ user, account, profile, email }) => {
        // Asking for a mail is answered alike whatever the address is; the mail says the rest.
        if (email?.verificationRequest === true) return true;
        const refusal = account?.type === "oauth" ? await judgeIdentity(deps, attempt, { ...(profile as unknown as Omit<OutsideIdentity, "provider">), provider: account.provider }) : await judgeEmail(deps, user.email ?? "");
        if (refusal === null) return true;
        return `${config.publicUrl}/${attempt.connecting || refusal === "ConnectFirst" ? "settings/sign-in" : "sign-in/error"}?error=${refusal}`;
      },
    },
  };
}

/** The link goes out from a job. An account that may not sign in is told so instead, in the same way. */
async function sendLink(deps: Deps, identifier: string, url: string): Promise<void> {
  const { publicUrl } = deps.config;
  const { host } = new URL(publicUrl);
  const confirm = new URL("/sign-in/confirm", publicUrl);
  confirm.search = new URL(url).search;
  const mail = (await judgeEmail(deps, identifier)) === "AccessDenied" ? accountShutMail({ host }) : signInMail({ url: confirm.href, host });
  await deps.db.$transaction(async (tx) => {
    await countInDatabase(tx, "sign-in", `mailbox:${mailboxOf(identifier)}`);
    await queueMail(tx, deps, { to: identifier, ...mail });
  });
}
