import { listSessions, requireSession } from "#lib/accounts/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/sessions", async ({ deps, principal }) => ({
  items: await listSessions(deps, { userId: principal.userId, sessionId: requireSession(principal) }),
  nextCursor: null,
}));
