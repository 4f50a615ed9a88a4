import { endSession } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";
import { setSessionCookie } from "../../../_session-cookie.ts";
import { sessionToken } from "../../../_session-token.ts";

export const POST = route("POST /api/v1/session/sign-out", async ({ deps, request }) => {
  const token = sessionToken(request, deps.config.publicUrl);
  if (token !== null) await endSession(deps.db, token);
  return new Response(null, { status: 303, headers: { location: "/", "set-cookie": setSessionCookie(deps.config.publicUrl, null), "cache-control": "no-store" } });
});
