import { signInWithPasskey } from "#lib/accounts/index.ts";
import { placeOf } from "../../../../_place.ts";
import { route } from "../../../_route.ts";
import { setSessionCookie } from "../../../_session-cookie.ts";
import { sessionToken } from "../../../_session-token.ts";

export const POST = route("POST /api/v1/session/passkey", async ({ deps, body, request }) => {
  const { publicUrl } = deps.config;
  const session = await signInWithPasskey(deps, { answer: body, place: placeOf(request.headers), replaces: sessionToken(request, publicUrl) });
  return new Response(null, { status: 204, headers: { "set-cookie": setSessionCookie(publicUrl, session), "cache-control": "no-store" } });
});
