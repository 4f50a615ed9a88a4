import { randomUUID } from "node:crypto";
import NextAuth from "next-auth";
import { countInDatabase, gatherLimits, problemDocument } from "#lib/http/index.ts";
import { runtime, translateFault } from "#lib/runtime/index.ts";
import { authOptions } from "../../../_auth-options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: Request, context: Context): Promise<Response> {
  return (await NextAuth(request as never, context as never, await authOptions(request))) as Response;
}

/** What spends from the limit `sign-in`, each for itself: asking for a mail, and following its link, which guesses would do too. */
const COUNTED: Record<string, string> = { "POST signin": "mail", "GET callback": "link", "POST callback": "link" };

/** True where a browser says that another site, or nobody's page, sent it: a mailed link counts from the button of our own page only, or anyone could sign a visitor in to an account of theirs. */
function isFromElsewhere(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  return site !== null && site !== "same-origin";
}

/** Both count by the sender's address, besides the limit of each mailbox: one sender must not flood many. */
function limited(request: Request, context: Context): Promise<Response> {
  return gatherLimits(async (limits) => {
    const [action, provider] = (await context.params).nextauth;
    if (action === "callback" && provider === "email" && isFromElsewhere(request)) return new Response(null, { status: 303, headers: { location: `${(await runtime()).config.publicUrl}/sign-in/error?error=Verification` } });
    const what = COUNTED[`${request.method} ${action}`];
    if (what === undefined) return await handler(request, context);
    const { db, config } = await runtime();
    try {
      await countInDatabase(db, "sign-in", `${what}:${request.headers.get("x-kos-client") ?? "unknown"}`);
    } catch (error) {
      const { status, headers, body } = problemDocument(translateFault(error), request.headers.get("x-request-id") ?? randomUUID());
      // next-auth's own client reads `url` out of every answer.
      return new Response(JSON.stringify({ ...(JSON.parse(body) as object), url: `${config.publicUrl}/sign-in/error?error=EmailSignin` }), { status, headers });
    }
    const answer = await handler(request, context);
    const told = new Response(answer.body, answer);
    for (const [name, value] of Object.entries(limits())) told.headers.set(name, value);
    return told;
  });
}

export { limited as GET, limited as POST };
