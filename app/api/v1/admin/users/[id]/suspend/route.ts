import { readUser, suspendUser } from "#lib/admin/index.ts";
import { route } from "../../../../../_route.ts";

export const POST = route("POST /api/v1/admin/users/{id}/suspend", async ({ deps, principal, params, body }) => {
  await suspendUser(deps, { principal, userId: params.id, reason: body.reason });
  return await readUser(deps, params.id);
});
