import { restorePublisher } from "#lib/admin/index.ts";
import { route } from "../../../../../_route.ts";

export const POST = route("POST /api/v1/admin/publishers/{slug}/restore", async ({ deps, principal, params, body }) => {
  await restorePublisher(deps, { principal, slug: params.slug, reason: body.reason });
  return { slug: params.slug, suspended: false };
});
