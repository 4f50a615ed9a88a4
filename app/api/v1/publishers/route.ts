import { createPublisher } from "#lib/accounts/index.ts";
import { route } from "../../_route.ts";

export const POST = route("POST /api/v1/publishers", async ({ deps, principal, body }) => {
  const { slug, name } = await createPublisher(deps.db, { principal, ...body });
  return { slug, name };
});
