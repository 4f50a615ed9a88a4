import { endSessionsOf, readUser } from "#lib/admin/index.ts";
import { route } from "../../../../../_route.ts";

export const POST = route("POST /api/v1/admin/users/{id}/end-sessions", async ({ deps, principal, params, body }) => {
  await endSessionsOf(deps, { principal, userId: params.id, reason: body.reason });
  return await readUser(deps, params.id);
});
