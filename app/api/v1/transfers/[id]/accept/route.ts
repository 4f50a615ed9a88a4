import { acceptTransfer } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/transfers/{id}/accept", async ({ deps, principal, params }) => {
  await acceptTransfer(deps, { principal, id: params.id });
  return { ok: true };
});
