import { requireMember } from "#lib/accounts/index.ts";
import { listNames, requestName } from "#lib/trust/index.ts";
import { route } from "../../../../_route.ts";

export const GET = route("GET /api/v1/publishers/{slug}/names", async ({ deps, principal, params }) => {
  await requireMember(deps.db, principal, params.slug, "view");
  return { items: await listNames(deps.db, params.slug), nextCursor: null };
});

export const POST = route("POST /api/v1/publishers/{slug}/names", async ({ deps, principal, params, body }) => {
  const { id } = await requestName(deps, { principal, slug: params.slug, ...body });
  return (await listNames(deps.db, params.slug)).find((name) => name.id === id);
});
