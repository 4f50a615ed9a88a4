import { giveRole, readUser } from "#lib/admin/index.ts";
import { route } from "../../../../../_route.ts";

export const POST = route("POST /api/v1/admin/users/{id}/grant", async ({ deps, principal, params, body }) => {
  await giveRole(deps, { principal, userId: params.id, role: body.role, reason: body.reason });
  return await readUser(deps, params.id);
});
