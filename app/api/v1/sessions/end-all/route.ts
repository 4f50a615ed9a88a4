import { endAllSessions, requireSession } from "#lib/accounts/index.ts";
import { route } from "../../../_route.ts";
import { setSessionCookie } from "../../../_session-cookie.ts";

export const POST = route("POST /api/v1/sessions/end-all", async ({ deps, principal, body }) => {
  const current = requireSession(principal);
  const ended = await endAllSessions(deps, { userId: principal.userId, keep: body.keepThis ? current : null, actorId: principal.userId });
  const headers: Record<string, string> = { "cache-control": "no-store", ...(body.keepThis ? {} : { "set-cookie": setSessionCookie(deps.config.publicUrl, null) }) };
  return Response.json({ ended }, { headers });
});
