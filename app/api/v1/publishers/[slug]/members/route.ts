import { listMembers, requireMember } from "#lib/accounts/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}/members", async ({ deps, principal, params }) => {
  await requireMember(deps.db, principal, params.slug, "view");
  return { items: await listMembers(deps, params.slug), nextCursor: null };
});
