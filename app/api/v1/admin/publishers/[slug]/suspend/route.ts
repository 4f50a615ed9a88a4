import { suspendPublisher } from "#lib/admin/index.ts";
import { route } from "../../../../../_route.ts";

export const POST = route("POST /api/v1/admin/publishers/{slug}/suspend", async ({ deps, principal, params, body }) => {
  await suspendPublisher(deps, { principal, slug: params.slug, reason: body.reason });
  return { slug: params.slug, suspended: true };
});
