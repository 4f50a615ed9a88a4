import { objectToClaim } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/claims/{id}/object", async ({ deps, principal, params, body }) => {
  await objectToClaim(deps, { principal, id: params.id, reason: body.reason });
  return { ok: true };
});
