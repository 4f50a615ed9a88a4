import { listMembers, removeMember, setMemberRole } from "#lib/teams/index.ts";
import { route } from "../../../../../_route.ts";

export const PATCH = route("PATCH /api/v1/publishers/{slug}/members/{id}", async ({ deps, principal, params, body }) => {
  await setMemberRole(deps, { principal, slug: params.slug, userId: params.id, role: body.role });
  return { items: await listMembers(deps, params.slug), nextCursor: null };
});

export const DELETE = route("DELETE /api/v1/publishers/{slug}/members/{id}", async ({ deps, principal, params }) => {
  await removeMember(deps, { principal, slug: params.slug, userId: params.id });
  return { items: await listMembers(deps, params.slug), nextCursor: null };
});
