import { randomUUID } from "node:crypto";
import NextAuth from "next-auth";
import { countInDatabase, problemDocument } from "#lib/http/index.ts";
import { runtime } from "#lib/runtime/index.ts";
import { authOptions } from "../../../_auth-options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: Request, context: Context): Promise<Response> {
  return (await NextAuth(request as never, context as never, await authOptions())) as Response;
}

/** Asking for a mail counts by the sender's address, besides the limit of each mailbox: one sender must not flood many. */
async function limited(request: Request, context: Context): Promise<Response> {
  const [action] = (await context.params).nextauth;
  if (action !== "signin") return await handler(request, context);
  const { db, config } = await runtime();
  try {
    await countInDatabase(db, "sign-in", `mail:${request.headers.get("x-kos-client") ?? "unknown"}`);
  } catch (error) {
    const { status, headers, body } = problemDocument(error, request.headers.get("x-request-id") ?? randomUUID());
    // next-auth's own client reads `url` out of every answer.
    return new Response(JSON.stringify({ ...(JSON.parse(body) as object), url: `${config.publicUrl}/sign-in/error?error=EmailSignin` }), { status, headers });
  }
  return await handler(request, context);
}

export { handler as GET, limited as POST };
