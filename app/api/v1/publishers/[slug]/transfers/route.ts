import { requireMember } from "#lib/accounts/index.ts";
import { listTransfers } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}/transfers", async ({ deps, principal, params, query }) => {
  await requireMember(deps.db, principal, params.slug, "view");
  return await listTransfers(deps, params.slug, query);
});
