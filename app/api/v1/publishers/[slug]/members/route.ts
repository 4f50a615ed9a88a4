import { listMembers, requireMember, requireStepUp, requireUser, setMember } from "#lib/accounts/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}/members", async ({ deps, principal, params }) => {
  await requireMember(deps.db, principal, params.slug, "view");
  return { items: await listMembers(deps, params.slug), nextCursor: null };
});

export const POST = route("POST /api/v1/publishers/{slug}/members", async ({ deps, principal, params, body }) => {
  await requireMember(deps.db, principal, params.slug, "members");
  await requireStepUp(deps, principal);
  const user = await requireUser(deps.db, body.email);
  await setMember(deps.db, { principal, slug: params.slug, userId: user.id, role: body.role });
  return { items: await listMembers(deps, params.slug), nextCursor: null };
});
