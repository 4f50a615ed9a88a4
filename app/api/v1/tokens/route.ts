import { createToken, listTokens, requireSession, requireStepUp } from "#lib/accounts/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/tokens", async ({ deps, principal }) => ({ items: await listTokens(deps, principal.userId), nextCursor: null }));

export const POST = route("POST /api/v1/tokens", async ({ deps, principal, body }) => {
  requireSession(principal);
  await requireStepUp(deps, principal);
  return await deps.db.$transaction((tx) => createToken(tx, { userId: principal.userId, actorId: principal.userId, roles: principal.roles, ...body, now: deps.now() }));
});
