import { requireMember } from "#lib/accounts/index.ts";
import { inviteMember, listInvitations } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}/invitations", async ({ deps, principal, params }) => {
  await requireMember(deps.db, principal, params.slug, "members");
  return { items: await listInvitations(deps, params.slug), nextCursor: null };
});

export const POST = route("POST /api/v1/publishers/{slug}/invitations", async ({ deps, principal, params, body }) => {
  await inviteMember(deps, { principal, slug: params.slug, ...body });
  return { items: await listInvitations(deps, params.slug), nextCursor: null };
});
