import { listInvitations, revokeInvitation } from "#lib/teams/index.ts";
import { route } from "../../../../../_route.ts";

export const DELETE = route("DELETE /api/v1/publishers/{slug}/invitations/{id}", async ({ deps, principal, params }) => {
  await revokeInvitation(deps, { principal, ...params });
  return { items: await listInvitations(deps, params.slug), nextCursor: null };
});
