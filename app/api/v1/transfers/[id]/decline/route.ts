import { declineTransfer } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/transfers/{id}/decline", async ({ deps, principal, params }) => {
  await declineTransfer(deps, { principal, id: params.id });
  return { ok: true };
});
