import { signInWithPasskey } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";
import { setSessionCookie } from "../../../_session-cookie.ts";

export const POST = route("POST /api/v1/session/passkey", async ({ deps, body }) => {
  const session = await signInWithPasskey(deps, body);
  return new Response(null, { status: 204, headers: { "set-cookie": setSessionCookie(deps.config.publicUrl, session), "cache-control": "no-store" } });
});
