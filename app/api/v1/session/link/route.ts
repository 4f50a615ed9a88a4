import { useSignInLink } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";
import { setSessionCookie } from "../../../_session-cookie.ts";

export const POST = route("POST /api/v1/session/link", async ({ deps, request }) => {
  const form = new URLSearchParams(await request.text());
  const session = await useSignInLink(deps.db, form.get("token") ?? "", deps.now());
  if (session === null) return new Response(null, { status: 303, headers: { location: "/sign-in/error?error=Verification" } });
  return new Response(null, { status: 303, headers: { location: "/", "set-cookie": setSessionCookie(deps.config.publicUrl, session), "cache-control": "no-store" } });
});
