import { leavePublisher } from "#lib/teams/index.ts";
import { route } from "../../../../_route.ts";

export const POST = route("POST /api/v1/publishers/{slug}/leave", async ({ deps, principal, params }) => {
  await leavePublisher(deps, { principal, slug: params.slug });
  return { ok: true };
});
