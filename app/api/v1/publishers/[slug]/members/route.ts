import { requireMember } from "#lib/accounts/index.ts";
import { inviteOrSetRole, listMembers } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}/members", async ({ deps, principal, params }) => {
  await requireMember(deps.db, principal, params.slug, "view");
  return { items: await listMembers(deps, params.slug), nextCursor: null };
});

export const POST = route("POST /api/v1/publishers/{slug}/members", async ({ deps, principal, params, body }) => {
  await inviteOrSetRole(deps, { principal, slug: params.slug, ...body });
  return { items: await listMembers(deps, params.slug), nextCursor: null };
});
