import { decideClaim } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/claims/{id}/decide", async ({ deps, principal, params, body }) => {
  await decideClaim(deps, { principal, id: params.id, ...body });
  return { ok: true };
});
