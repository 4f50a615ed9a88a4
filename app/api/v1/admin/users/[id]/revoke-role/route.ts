import { readUser, takeRole } from "#lib/admin/index.ts";
import { route } from "../../../../../_route.ts";

export const POST = route("POST /api/v1/admin/users/{id}/revoke-role", async ({ deps, principal, params, body }) => {
  await takeRole(deps, { principal, userId: params.id, role: body.role, reason: body.reason });
  return await readUser(deps, params.id);
});
