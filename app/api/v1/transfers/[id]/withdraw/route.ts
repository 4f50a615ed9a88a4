import { withdrawTransfer } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/transfers/{id}/withdraw", async ({ deps, principal, params }) => {
  await withdrawTransfer(deps, { principal, id: params.id });
  return { ok: true };
});
