import { createToken, listTokens, requireStepUp } from "#lib/accounts/index.ts";
import { RegistryError } from "#lib/http/index.ts";
import { route } from "../../_route.ts";

export const GET = route("GET /api/v1/tokens", async ({ deps, principal }) => ({ items: await listTokens(deps, principal.userId), nextCursor: null }));

export const POST = route("POST /api/v1/tokens", async ({ deps, principal, body }) => {
  if (principal.via !== "session") throw new RegistryError("forbidden", "A token cannot issue tokens: sign in, or use `npm run admin -- create-token`.");
  await requireStepUp(deps, principal);
  return await deps.db.$transaction((tx) => createToken(tx, { userId: principal.userId, actorId: principal.userId, roles: principal.roles, ...body, now: deps.now() }));
});
