import { createHash } from "node:crypto";
import type { NextAuthOptions } from "next-auth";
import EmailProvider from "next-auth/providers/email";
import { nextAuthAdapter, requireEmail, sessionCookie, SESSION_SECONDS } from "#lib/accounts/index.ts";
import { countInDatabase } from "#lib/http/index.ts";
import { queueMail, signInMail } from "#lib/mail/index.ts";
import { runtime } from "#lib/runtime/index.ts";

/** next-auth with database sessions and the e-mail link; the mail leaves from a job. */
export async function authOptions(): Promise<NextAuthOptions> {
  const { config } = await runtime();
  const cookie = sessionCookie(config.publicUrl);
  return {
    adapter: nextAuthAdapter(async () => (await runtime()).db),
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
        sendVerificationRequest: async ({ identifier, url }) => {
          const deps = await runtime();
          const confirm = new URL("/sign-in/confirm", deps.config.publicUrl);
          confirm.search = new URL(url).search;
          await deps.db.$transaction(async (tx) => {
            await countInDatabase(tx, "sign-in", `mailbox:${mailbox(identifier)}`);
            await queueMail(tx, deps, { to: identifier, ...signInMail({ url: confirm.href, host: new URL(deps.config.publicUrl).host }) });
          });
        },
      }),
    ],
  };
}

/** One mailbox, whatever is written after a `+`: all of it arrives in the same place. Hashed, so that limits name nobody. */
function mailbox(address: string): string {
  return createHash("sha256").update(address.replace(/\+[^@]*@/, "@")).digest("hex").slice(0, 32);
}
