import { undoFirstFactor } from "#lib/accounts/index.ts";
import { route } from "../../../../_route.ts";
import { setSessionCookie } from "../../../../_session-cookie.ts";

export const POST = route("POST /api/v1/account/factors/undo", async ({ deps, body }) => {
  const { email } = await undoFirstFactor(deps, { token: body.token });
  return Response.json({ email }, { headers: { "cache-control": "no-store", "set-cookie": setSessionCookie(deps.config.publicUrl, null) } });
});
