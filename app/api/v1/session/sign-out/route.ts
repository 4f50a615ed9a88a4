import { endSession, sessionCookie } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";
import { sessionToken } from "../../../_session-token.ts";

export const POST = route("POST /api/v1/session/sign-out", async ({ deps, request }) => {
  const { name, options } = sessionCookie(deps.config.publicUrl);
  const token = sessionToken(request, deps.config.publicUrl);
  if (token !== null) await endSession(deps.db, token);
  const gone = `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${options.secure ? "; Secure" : ""}`;
  return new Response(null, { status: 303, headers: { location: "/", "set-cookie": gone, "cache-control": "no-store" } });
});
