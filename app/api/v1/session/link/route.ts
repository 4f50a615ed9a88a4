import { useSignInLink } from "#lib/accounts/index.ts";
import { placeOf } from "../../../../_place.ts";
import { route } from "../../../_route.ts";
import { setSessionCookie } from "../../../_session-cookie.ts";
import { sessionToken } from "../../../_session-token.ts";

export const POST = route("POST /api/v1/session/link", async ({ deps, request }) => {
  const form = new URLSearchParams(await request.text());
  const { publicUrl } = deps.config;
  const session = await useSignInLink(deps, { token: form.get("token") ?? "", place: placeOf(request.headers), replaces: sessionToken(request, publicUrl) });
  if (session === null) return new Response(null, { status: 303, headers: { location: "/sign-in/error?error=Verification" } });
  return new Response(null, { status: 303, headers: { location: "/", "set-cookie": setSessionCookie(publicUrl, session), "cache-control": "no-store" } });
});
